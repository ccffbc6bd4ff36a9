"""Files of jobs, and what each of their rows did."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "job_batches"
down_revision = "urgent"


def upgrade() -> None:
    """Make the tables, and let the service write them."""
    op.create_table(
        "job_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column(
            "sent_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column(
            "ignored",
            pg.ARRAY(sa.String(length=100)),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "finished_at IS NULL OR begun_at <= finished_at",
            name=op.f("job_batch_finished_later_check"),
        ),
        sa.CheckConstraint(
            "finished_at IS NULL OR begun_at IS NOT NULL",
            name=op.f("job_batch_begun_first_check"),
        ),
        sa.CheckConstraint(
            "undone_at IS NULL OR finished_at IS NOT NULL",
            name=op.f("job_batch_undone_last_check"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name="job_batch_office_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name="job_batch_sent_by_id_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="job_batch_pkey"),
    )
    op.create_index("job_batch_office_id_idx", "job_batch", ["office_id"])
    op.create_index("job_batch_sent_by_id_idx", "job_batch", ["sent_by_id"])
    op.create_table(
        "job_row",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", pg.JSONB(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("taken_in", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("before", pg.JSONB(), nullable=True),
        sa.Column("refusal", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('new', 'changed', 'same', 'bad')", name=op.f("job_row_outcome_check")
        ),
        sa.CheckConstraint("jsonb_typeof(cells) = 'object'", name=op.f("job_row_celled_check")),
        sa.CheckConstraint(
            "before IS NULL OR outcome = 'changed'", name=op.f("job_row_remembers_changes_check")
        ),
        sa.CheckConstraint("line > 0", name=op.f("job_row_counted_from_one_check")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["job_batch.id"], name="job_row_batch_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name="job_row_job_id_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("batch_id", "line", name="job_row_pkey"),
    )
    op.create_index("job_row_job_id_idx", "job_row", ["job_id"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON job_batch, job_row TO geo_app")


def downgrade() -> None:
    """Drop them."""
    op.drop_table("job_row")
    op.drop_table("job_batch")
