"""What happens later: effects inside the database, and letters that leave it."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "later"
down_revision = "invitations"

SETTLE = """
    DO $$
    DECLARE each regprocedure;
    BEGIN
        FOR each IN SELECT oid FROM pg_proc WHERE pronamespace = 'procrastinate'::regnamespace LOOP
            EXECUTE format('ALTER FUNCTION %s SET search_path = procrastinate, pg_temp', each);
        END LOOP;
    END
    $$
"""
"""Procrastinate's functions find their tables whoever calls them."""


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
    op.create_table(
        "envelope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("tongue", sa.String(length=2), nullable=False),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "address ~ '^[^@[:space:]]+@[^@[:space:]]+$'", name=op.f("envelope_addressed_check")
        ),
        sa.CheckConstraint(
            "btrim(subject) <> '' AND btrim(text) <> ''", name=op.f("envelope_written_check")
        ),
        sa.CheckConstraint("tongue IN ('ko', 'en')", name=op.f("envelope_tongue_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("envelope_pkey")),
    )
    op.create_index("envelope_written_at_idx", "envelope", ["written_at"], unique=False)
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON task, envelope TO geo_app")
    make_procrastinate()


def make_procrastinate() -> None:
    """Its own tables, in a schema of their own: nothing of ours meets them there."""
    op.execute("CREATE SCHEMA procrastinate")
    op.execute("SET LOCAL search_path = procrastinate")
    schema = SchemaManager.get_schema().replace("%", "%%")
    op.get_bind().exec_driver_sql(schema)
    op.execute("SET LOCAL search_path = DEFAULT")
    op.execute(SETTLE)
    op.execute("GRANT USAGE ON SCHEMA procrastinate TO geo_app")
    rows, numbers = "ALL TABLES IN SCHEMA procrastinate", "ALL SEQUENCES IN SCHEMA procrastinate"
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {rows} TO geo_app")
    op.execute(f"GRANT USAGE ON {numbers} TO geo_app")


def downgrade() -> None:
    """Drop them."""
    op.execute("DROP SCHEMA procrastinate CASCADE")
    op.drop_table("envelope")
    op.drop_table("task")
