"""Cases are followed up and escalated; surveys take lists; leads read sums.

Functions and policies are in the file of the same name that ends in `.sql`.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from geo_service.confidential.sealing import SealedType

revision = "cases"
down_revision = "reporting"

SQL = Path(__file__).with_suffix(".sql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns and a table, then what happens by itself and what leads read."""
    add_columns()
    add_lists()
    op.get_bind().exec_driver_sql(SQL.read_text().replace("%", "%%"))


def add_columns() -> None:
    """To cases, steps, reports and visits."""
    op.add_column("case_file", sa.Column("reminded_at", MOMENT), schema="reports")
    op.create_index(
        "case_file_follow_up_on_idx",
        "case_file",
        ["follow_up_on"],
        schema="reports",
        postgresql_where=sa.text("reminded_at IS NULL"),
    )
    op.add_column("step", sa.Column("escalated_at", MOMENT), schema="reports")
    op.create_index(
        "step_due_on_idx",
        "step",
        ["due_on"],
        schema="reports",
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.add_column("report", sa.Column("escalated_at", MOMENT), schema="reports")
    op.create_index(
        "report_untaken_idx",
        "report",
        ["centre_id", "told_at"],
        schema="reports",
        postgresql_where=sa.text("case_id IS NULL"),
    )
    op.add_column("survey_visit", sa.Column("case_id", sa.Uuid()), schema="reports")
    op.create_foreign_key(
        "survey_visit_case_id_fkey",
        "survey_visit",
        "case_file",
        ["case_id"],
        ["id"],
        source_schema="reports",
        referent_schema="reports",
    )
    op.create_index(
        "survey_visit_case_id_idx",
        "survey_visit",
        ["case_id"],
        schema="reports",
        postgresql_where=sa.text("case_id IS NOT NULL"),
    )


def add_lists() -> None:
    """Of households, until they are taken in."""
    op.create_table(
        "survey_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("rows_sealed", SealedType(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint("expires_at > sent_at", name=op.f("survey_list_ends_check")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reports.survey_round.id"],
            name=op.f("survey_list_round_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_list_pkey")),
        schema="reports",
    )
    op.create_index("survey_list_round_id_idx", "survey_list", ["round_id"], schema="reports")
    op.create_index("survey_list_expires_at_idx", "survey_list", ["expires_at"], schema="reports")


def downgrade() -> None:
    """As it was before."""
    for function in (
        "progress(date)",
        "late(date)",
        "sums(text, date, date)",
        "looks_at(uuid[])",
        "forget_lists(timestamptz)",
        "follow_ups(date, timestamptz)",
        "escalate_reports(date, date, date, timestamptz)",
        "escalate_steps(date, timestamptz)",
    ):
        op.execute(f"DROP FUNCTION reports.{function}")
    op.drop_table("survey_list", schema="reports")
    for table, column in (
        ("survey_visit", "case_id"),
        ("report", "escalated_at"),
        ("step", "escalated_at"),
        ("case_file", "reminded_at"),
    ):
        op.drop_column(table, column, schema="reports")
    op.drop_index("report_untaken_idx", "report", schema="reports", if_exists=True)
    op.drop_index("step_due_on_idx", "step", schema="reports")
