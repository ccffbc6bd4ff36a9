"""Shifts of hired people, each counted against its programme."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "shifts"
down_revision = "once"

COUNTS = "state IN ('planned', 'attended', 'confirmed')"

# What was counted is given back before the rest is taken, or a longer shift could be refused for
# hours that it had itself.
FOLLOW = """
CREATE FUNCTION shift_counted() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.programme_id IS NOT NULL
       AND OLD.state IN ('planned', 'attended', 'confirmed') THEN
        PERFORM programme_take(
            OLD.programme_id, OLD.person_id, OLD.work_on, -OLD.minutes, -OLD.pay_won);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.programme_id IS NOT NULL
       AND NEW.state IN ('planned', 'attended', 'confirmed') THEN
        PERFORM programme_take(
            NEW.programme_id, NEW.person_id, NEW.work_on, NEW.minutes, NEW.pay_won);
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Make the table, what counts it, and the grants of the service."""
    op.create_table(
        "shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("work_on", sa.Date(), nullable=False),
        sa.Column("during", pg.TSTZRANGE(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pay_won", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.String(length=32), server_default=sa.text("'planned'"), nullable=False
        ),
        sa.Column("attended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'attended', 'confirmed', 'absent', 'cancelled')",
            name=op.f("shift_state_check"),
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("shift_within_a_day_check")),
        sa.CheckConstraint("pay_won >= 0", name=op.f("shift_paid_check")),
        sa.CheckConstraint("NOT isempty(during)", name=op.f("shift_lasting_check")),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)",
            name=op.f("shift_vouched_for_check"),
        ),
        pg.ExcludeConstraint(
            (sa.column("person_id"), "="),
            (sa.column("during"), "&&"),
            where=sa.text(f"{COUNTS} AND during IS NOT NULL"),
            using="gist",
            name="shift_one_place_excl",
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="shift_job_id_fkey"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="shift_person_id_fkey"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="shift_programme_id_fkey"),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["person.id"],
            name="shift_confirmed_by_id_fkey",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="shift_pkey"),
    )
    op.create_index("shift_job_id_idx", "shift", ["job_id", "work_on"])
    op.create_index("shift_person_id_idx", "shift", ["person_id", "work_on"])
    op.create_index("shift_programme_id_idx", "shift", ["programme_id", "work_on"])
    op.execute(FOLLOW)
    op.execute(
        "CREATE TRIGGER shift_counted AFTER INSERT OR DELETE OR UPDATE OF"
        " programme_id, person_id, work_on, minutes, pay_won, state ON shift"
        " FOR EACH ROW EXECUTE FUNCTION shift_counted()"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON shift TO geo_app")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("shift")
    op.execute("DROP FUNCTION shift_counted")
