"""Urgent calls, whom they asked, and when people are free."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "urgent"
down_revision = "booking_feed"


def upgrade() -> None:
    """Make the tables, and grant the service what it does with them."""
    op.create_index("person_home_idx", "person", ["home"], postgresql_using="gist")
    op.create_table(
        "availability",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("week", pg.INT4MULTIRANGE(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "week <@ '{[0,10080)}'::int4multirange", name=op.f("availability_one_week_check")
        ),
        sa.CheckConstraint("NOT isempty(week)", name=op.f("availability_some_time_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="availability_person_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="availability_pkey"),
    )
    op.create_table(
        "call",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("needed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("ring", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "state IN ('ringing', 'filled', 'exhausted', 'stopped')", name=op.f("call_state_check")
        ),
        sa.CheckConstraint("ring BETWEEN 0 AND 2", name=op.f("call_ring_check")),
        sa.CheckConstraint("needed_at > opened_at", name=op.f("call_ahead_check")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name="call_job_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name="call_opened_by_id_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("job_id", name="call_pkey"),
    )
    op.create_table(
        "call_asked",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.String(length=32), nullable=True),
        sa.CheckConstraint("reply IN ('yes', 'no')", name=op.f("call_asked_reply_check")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["call.job_id"], name="call_asked_job_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="call_asked_person_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "person_id", name="call_asked_pkey"),
    )
    op.create_index("call_asked_person_id_idx", "call_asked", ["person_id"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON availability, call, call_asked TO geo_app")


def downgrade() -> None:
    """Drop them."""
    for table in ("call_asked", "call", "availability"):
        op.drop_table(table)
    op.drop_index("person_home_idx", "person")
