"""Batches of imported facilities, and what it takes to undo them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "facility_batches"
down_revision = "listings_jobs_spaces"


def upgrade() -> None:
    """Make the tables, and let the service write what imports write."""
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("dataset", sa.String(length=140), nullable=False),
        sa.Column("file", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("counts", pg.JSONB(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "office_ids", pg.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.CheckConstraint("rows >= 0 AND vanished >= 0", name=op.f("import_batch_counted_check")),
        sa.CheckConstraint(
            "jsonb_typeof(counts) = 'object'", name=op.f("import_batch_counts_object_check")
        ),
        sa.CheckConstraint(
            "undone_at >= imported_at", name=op.f("import_batch_undone_after_imported_check")
        ),
        sa.PrimaryKeyConstraint("id", name="import_batch_pkey"),
    )
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=140), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reasons", pg.JSONB(), nullable=False),
        sa.Column("original", pg.JSONB(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('added', 'changed', 'unchanged', 'repaired', 'held_back', 'refused')",
            name=op.f("import_row_outcome_check"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name="import_row_batch_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch_id", "line", name="import_row_pkey"),
    )
    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("dataset", sa.String(length=140), nullable=False),
        sa.Column("provider", sa.String(length=140), nullable=False),
        sa.Column("provider_key", sa.String(length=140), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("original", pg.JSONB(), nullable=False),
        sa.Column("reference_on", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ordinal > 0", name=op.f("facility_counted_from_one_check")),
        sa.CheckConstraint(
            "jsonb_typeof(original) = 'object'", name=op.f("facility_original_object_check")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name="facility_space_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["added_in"], ["import_batch.id"], name="facility_added_in_fkey"),
        sa.PrimaryKeyConstraint("id", name="facility_pkey"),
        sa.UniqueConstraint("space_id", name="facility_space_id_key"),
        sa.UniqueConstraint("dataset", "key", "ordinal", name="facility_dataset_key_ordinal_key"),
    )
    op.create_index("facility_name_key_idx", "facility", ["name_key"])
    op.create_index("facility_added_in_idx", "facility", ["added_in"])
    op.create_table(
        "facility_change",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=32), nullable=False),
        sa.Column("before", pg.JSONB(), nullable=False),
        sa.CheckConstraint(
            "change IN ('changed', 'vanished')", name=op.f("facility_change_change_check")
        ),
        sa.CheckConstraint(
            "jsonb_typeof(before) = 'object'", name=op.f("facility_change_before_object_check")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name="facility_change_batch_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"],
            ["facility.id"],
            name="facility_change_facility_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch_id", "facility_id", name="facility_change_pkey"),
    )
    op.create_index("facility_change_facility_id_idx", "facility_change", ["facility_id"])
    op.execute("GRANT SELECT, INSERT, UPDATE ON import_batch TO geo_app")
    op.execute("GRANT SELECT, INSERT ON import_row TO geo_app")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON facility, facility_change TO geo_app")


def downgrade() -> None:
    """Drop them."""
    for table in ("facility_change", "facility", "import_row", "import_batch"):
        op.drop_table(table)
