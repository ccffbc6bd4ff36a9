"""Invented homes say so: they give way to the first real figures."""

import sqlalchemy as sa
from alembic import op

revision = "invented_homes"
down_revision = "facility_files"

EACH = 210
PILOT = (
    617851193770901503, 617851193771425791, 617851193771950079, 617851193772212223,
    617851193772474367, 617851193831718911, 617851193832243199, 617851193832505343,
    617851193833291775, 617851193862127615, 617851193862389759, 617851193869467647,
    617851193869729791, 617851193869991935, 617851193870254079, 617851193870778367,
)  # fmt: skip
"""In each of these hexagons the demo had invented so many homes until now."""


def upgrade() -> None:
    """What the demo had invented is known by its hexagons and its number."""
    op.add_column(
        "homes_in_cell",
        sa.Column("invented", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    theirs = sa.text(
        "UPDATE homes_in_cell SET invented = true WHERE homes = :each AND cell = ANY(:cells)"
    )
    op.execute(theirs.bindparams(each=EACH, cells=list(PILOT)))


def downgrade() -> None:
    """Nothing but hexagons and number tells them apart again."""
    op.drop_column("homes_in_cell", "invented")
