"""A job's life: seats taken, the rule of choosing, questions, and how it ended."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "job_posting"
down_revision = "doors"

LISTING_CHECKS = {
    "filled_is_closed": "NOT filled OR closed_at IS NOT NULL",
    "done_after_closed": ("done_at IS NULL OR (closed_at IS NOT NULL AND done_at >= closed_at)"),
    "removed_draft": "removed_at IS NULL OR published_at IS NULL",
}

JOB_CHECKS = {
    "timed_task": "task_hours IS NULL OR (task_hours > 0 AND pay_unit = 'task')",
    "never_overfilled": "taken BETWEEN 0 AND seats",
    "turn": "turn IN ('first_come', 'fewest_hours', 'lottery')",
    "few_questions": (
        "CASE jsonb_typeof(questions) WHEN 'array' THEN"
        " jsonb_array_length(questions) <= 5 AND NOT jsonb_path_exists(questions,"
        """ '$[*] ? (@.type() != "string" || !(@ like_regex "^.{1,200}$"))')"""
        " ELSE false END"
    ),
    "short_breaks": "breaks_min BETWEEN 0 AND 240",
    "versioned": "version >= 1",
}

# A job on offer has a free seat; with the last one it is filled, and open again when one is given
# back. Both rows are changed by this, the job's before its listing's.
SEATS = """
CREATE FUNCTION job_seats_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.taken = NEW.seats THEN
        UPDATE listing SET filled = true, closed_at = greatest(now(), published_at)
        WHERE id = NEW.id AND published_at IS NOT NULL AND closed_at IS NULL;
    ELSE
        UPDATE listing SET closed_at = NULL WHERE id = NEW.id AND filled AND done_at IS NULL;
    END IF;
    RETURN NULL;
END $$
"""

OPENED = """
CREATE FUNCTION job_opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.filled := NEW.published_at IS NOT NULL
        AND EXISTS (SELECT FROM job WHERE id = NEW.id AND taken = seats);
    IF NEW.filled THEN
        NEW.closed_at := greatest(now(), NEW.published_at);
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Add the columns, and let the seats open and close a job."""
    moment = sa.DateTime(timezone=True)
    op.add_column(
        "listing", sa.Column("filled", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("listing", sa.Column("done_at", moment))
    op.add_column("listing", sa.Column("removed_at", moment))
    for column in (
        sa.Column("task_hours", sa.Numeric(4, 1)),
        sa.Column("breaks_min", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("taken", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "turn", sa.String(length=32), server_default=sa.text("'first_come'"), nullable=False
        ),
        sa.Column("withdraw_until", moment),
        sa.Column("questions", pg.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("posted_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
    ):
        op.add_column("job", column)
    op.create_foreign_key(
        "job_posted_by_id_fkey", "job", "person", ["posted_by_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index("job_posted_by_id_idx", "job", ["posted_by_id"])
    for table, checks in (("listing", LISTING_CHECKS), ("job", JOB_CHECKS)):
        for name, condition in checks.items():
            op.create_check_constraint(op.f(f"{table}_{name}_check"), table, condition)
    op.execute(SEATS)
    op.execute(
        "CREATE TRIGGER job_seats_moved AFTER INSERT OR UPDATE OF taken, seats ON job"
        " FOR EACH ROW EXECUTE FUNCTION job_seats_moved()"
    )
    op.execute(OPENED)
    op.execute(
        "CREATE TRIGGER job_opened BEFORE UPDATE OF closed_at, published_at ON listing"
        " FOR EACH ROW WHEN (NEW.kind = 'job' AND NEW.closed_at IS NULL)"
        " EXECUTE FUNCTION job_opened()"
    )


def downgrade() -> None:
    """Drop them; what was filled is closed, what was removed is gone."""
    op.execute("DROP TRIGGER job_opened ON listing")
    op.execute("DROP TRIGGER job_seats_moved ON job")
    op.execute("DROP FUNCTION job_opened, job_seats_moved")
    op.execute("DELETE FROM listing WHERE removed_at IS NOT NULL")
    for table, checks in (("listing", LISTING_CHECKS), ("job", JOB_CHECKS)):
        for name in checks:
            op.drop_constraint(op.f(f"{table}_{name}_check"), table, type_="check")
    for column in (
        "version",
        "posted_by_id",
        "questions",
        "withdraw_until",
        "turn",
        "taken",
        "breaks_min",
        "task_hours",
    ):
        op.drop_column("job", column)
    for column in ("removed_at", "done_at", "filled"):
        op.drop_column("listing", column)
