"""What happens later: effects inside the database."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "later"
down_revision = "invitations"


def upgrade() -> None:
    """Make the tables, and grant the service what it does with them."""
    op.create_table(
        "task",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "queued_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.String(length=80), nullable=True),
        sa.Column("put_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name ~ '^[a-z_]+[.][a-z_]+$'", name=op.f("task_named_check")),
        sa.CheckConstraint("jsonb_typeof(payload) = 'object'", name=op.f("task_loaded_check")),
        sa.CheckConstraint("failures >= 0", name=op.f("task_counted_check")),
        sa.CheckConstraint("(failures = 0) = (error IS NULL)", name=op.f("task_explained_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("task_pkey")),
    )
    op.create_index("task_key_key", "task", ["key"], unique=True)
    op.create_index(
        "task_due_at_id_idx",
        "task",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("put_aside_at IS NULL"),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON task TO geo_app")


def downgrade() -> None:
    """Drop them."""
    op.drop_table("task")
