"""The names that pay sheets must keep of people who left."""

import sqlalchemy as sa
from alembic import op

revision = "payees"
down_revision = "standstill"


def upgrade() -> None:
    """Make the table, and let the service keep names and forget them."""
    op.create_table(
        "payee",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("payee_named_check")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="payee_person_id_fkey"),
        sa.PrimaryKeyConstraint("person_id", name="payee_pkey"),
    )
    op.create_index("payee_kept_until_idx", "payee", ["kept_until"])
    op.execute("GRANT SELECT, INSERT, DELETE ON payee TO geo_app")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("payee")
