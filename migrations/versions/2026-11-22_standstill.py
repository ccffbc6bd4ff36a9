"""Cases that stand still are told to leads, who also see what ends soon.

Functions are in the file of the same name that ends in `.sql`.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "standstill"
down_revision = "households"

SQL = Path(__file__).with_suffix(".sql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add when a case was touched; those that are there are touched now."""
    op.add_column(
        "case_file",
        sa.Column("touched_at", MOMENT, nullable=False, server_default=sa.func.now()),
        schema="reports",
    )
    op.add_column("case_file", sa.Column("idle_told_at", MOMENT), schema="reports")
    op.add_column("report", sa.Column("idle_told_at", MOMENT), schema="reports")
    op.create_index(
        "case_file_touched_at_idx",
        "case_file",
        ["touched_at"],
        schema="reports",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.get_bind().exec_driver_sql(SQL.read_text().replace("%", "%%"))


def downgrade() -> None:
    """As it was before."""
    op.execute("DROP TRIGGER message_touch ON reports.message")
    op.execute("DROP TRIGGER case_file_touch ON reports.case_file")
    for function in (
        "ending(date)",
        "idle(date, timestamptz)",
        "escalate_idle(date, timestamptz, timestamptz)",
        "idle_cases(date, timestamptz)",
        "touch_by_message()",
        "touch()",
    ):
        op.execute(f"DROP FUNCTION reports.{function}")
    op.drop_index("case_file_touched_at_idx", "case_file", schema="reports")
    op.drop_column("report", "idle_told_at", schema="reports")
    op.drop_column("case_file", "idle_told_at", schema="reports")
    op.drop_column("case_file", "touched_at", schema="reports")
