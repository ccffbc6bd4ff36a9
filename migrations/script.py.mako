"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Make it so, and grant geo_app what it needs of it."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """As it was before."""
    ${downgrades if downgrades else "pass"}
