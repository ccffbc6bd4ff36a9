"""What somebody was told, kept for two days, so that a wish sent twice is done once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "once"
down_revision = "latin_names"


def upgrade() -> None:
    """Make the table, and grant the service what it does with it."""
    op.create_table(
        "once",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("wish_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(key_hash) = 32 AND length(wish_hash) = 32", name=op.f("once_hashed_check")
        ),
        sa.CheckConstraint("status BETWEEN 200 AND 399", name=op.f("once_went_well_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("once_person_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "key_hash", name=op.f("once_pkey")),
    )
    op.create_index("once_answered_at_idx", "once", ["answered_at"], unique=False)
    op.execute("GRANT SELECT, INSERT, DELETE ON once TO geo_app")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("once")
