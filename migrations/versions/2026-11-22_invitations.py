"""Invitations to work for an office, and how often its facts were edited."""

import sqlalchemy as sa
from alembic import op

revision = "invitations"
down_revision = "people_and_staff"


def upgrade() -> None:
    """Make the table, and grant the service what it does with it."""
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "email = lower(email) AND position('@' IN email) > 1",
            name=op.f("invitation_mailable_check"),
        ),
        sa.CheckConstraint(
            "role IN ('officer', 'caseworker', 'district_lead', 'operator')",
            name=op.f("invitation_role_check"),
        ),
        sa.CheckConstraint("expires_at > invited_at", name=op.f("invitation_ends_check")),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("invitation_hashed_check")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("invitation_office_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("invitation_pkey")),
        sa.UniqueConstraint("office_id", "email", "role", name="invitation_once_key"),
        sa.UniqueConstraint("token_hash", name=op.f("invitation_token_hash_key")),
    )
    op.add_column(
        "office", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON invitation TO geo_app")


def downgrade() -> None:
    """Drop it."""
    op.drop_column("office", "version")
    op.drop_table("invitation")
