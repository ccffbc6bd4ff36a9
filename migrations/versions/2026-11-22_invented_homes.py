"""Invented homes say so: they give way to the first real figures."""

import sqlalchemy as sa
from alembic import op

revision = "invented_homes"
down_revision = "facility_files"


def upgrade() -> None:
    """Those of neighbourhoods whose names say so are invented."""
    op.add_column(
        "homes_in_cell",
        sa.Column("invented", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.execute(
        "UPDATE homes_in_cell SET invented = true FROM neighbourhood"
        " WHERE neighbourhood.id = neighbourhood_id AND name LIKE '% (데모)'"
    )


def downgrade() -> None:
    """Nothing tells them apart but the name of their neighbourhood."""
    op.drop_column("homes_in_cell", "invented")
