"""Reasons that officers gave for a booking can be wiped when its person leaves."""

from alembic import op

revision = "leaving"
down_revision = "job_batches"


def upgrade() -> None:
    """Let the service change the words, and nothing else, of what happened."""
    op.execute("GRANT UPDATE (words) ON booking_event TO geo_app")


def downgrade() -> None:
    """Back to a record that only grows."""
    op.execute("REVOKE UPDATE (words) ON booking_event FROM geo_app")
