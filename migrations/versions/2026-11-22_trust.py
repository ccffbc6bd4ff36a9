"""Mutual reviews in rounds, and a person's own words beside a missed shift."""

import sqlalchemy as sa
from alembic import op

revision = "trust"
down_revision = "hiring"

ANSWERS = "('yes', 'partly', 'no')"


def upgrade() -> None:
    """Make the tables, and grant the service what it does with them."""
    op.create_index("shift_confirmed_at_idx", "shift", ["confirmed_at"])
    op.create_table(
        "review_round",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes_at > opened_at", name=op.f("review_round_lasting_check")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name="review_round_application_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name="review_round_pkey"),
    )
    op.create_index("review_round_closes_at_idx", "review_round", ["closes_at"])
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("kept", sa.String(length=32), nullable=False),
        sa.Column("again", sa.String(length=32), nullable=False),
        sa.Column("line", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("side IN ('person', 'office')", name=op.f("review_side_check")),
        sa.CheckConstraint(
            f"kept IN {ANSWERS} AND again IN {ANSWERS}", name=op.f("review_answered_check")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["review_round.application_id"],
            name="review_application_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name="review_by_id_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="review_pkey"),
        sa.UniqueConstraint("application_id", "side", name="review_once_key"),
    )
    op.create_index("review_by_id_idx", "review", ["by_id"])
    op.create_table(
        "remark",
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("btrim(words) <> ''", name=op.f("remark_in_words_check")),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift.id"], name="remark_shift_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("shift_id", name="remark_pkey"),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON review_round, review, remark TO geo_app")


def downgrade() -> None:
    """Drop them."""
    for table in ("remark", "review", "review_round"):
        op.drop_table(table)
    op.drop_index("shift_confirmed_at_idx", "shift")
