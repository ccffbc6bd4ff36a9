"""The private calendar feed of somebody's bookings."""

import sqlalchemy as sa
from alembic import op

revision = "booking_feed"
down_revision = "trust"


def upgrade() -> None:
    """Make the table, and grant the service what it does with it."""
    op.create_table(
        "booking_feed",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("word_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(word_hash) = 32", name=op.f("booking_feed_hashed_check")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("booking_feed_person_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("booking_feed_pkey")),
        sa.UniqueConstraint("word_hash", name=op.f("booking_feed_word_hash_key")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON booking_feed TO geo_app")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("booking_feed")
