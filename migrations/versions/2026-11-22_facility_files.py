"""Files of facilities between being sent and being taken in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "facility_files"
down_revision = "payees"


def upgrade() -> None:
    """Make the table, and let the service write it."""
    op.create_table(
        "facility_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("provider", sa.String(length=140), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("dataset", sa.String(length=140), nullable=False),
        sa.Column("counts", pg.JSONB(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("troubled", pg.JSONB(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("step", sa.String(length=20), server_default=sa.text("''"), nullable=False),
        sa.Column("done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("done >= 0", name=op.f("facility_file_counted_check")),
        sa.CheckConstraint(
            "finished_at IS NULL OR begun_at IS NOT NULL",
            name=op.f("facility_file_begun_first_check"),
        ),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (content IS NOT NULL)",
            name=op.f("facility_file_kept_until_finished_check"),
        ),
        sa.CheckConstraint(
            "finished_at IS NOT NULL OR (batch_id IS NULL AND refusal = '')",
            name=op.f("facility_file_ended_once_check"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name="facility_file_batch_id_fkey",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="facility_file_pkey"),
    )
    op.create_index("facility_file_batch_id_idx", "facility_file", ["batch_id"])
    op.create_index("facility_file_sent_at_idx", "facility_file", ["sent_at"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON facility_file TO geo_app")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("facility_file")
