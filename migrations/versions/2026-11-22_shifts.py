"""Shifts of hired people, each counted against its programme."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "shifts"
down_revision = "once"

COUNTS = "state IN ('planned', 'attended', 'confirmed')"

# A shift that stays where it is moves the balance by its difference alone, and one that is merely
# attended moves nothing. Who was marked absent by mistake was promised the work before; whatever
# else begins to count is promised anew.
FOLLOW = """
CREATE FUNCTION shift_counted() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    was boolean := TG_OP <> 'INSERT' AND OLD.programme_id IS NOT NULL
        AND OLD.state IN ('planned', 'attended', 'confirmed');
    does boolean := TG_OP <> 'DELETE' AND NEW.programme_id IS NOT NULL
        AND NEW.state IN ('planned', 'attended', 'confirmed');
    stays boolean := TG_OP = 'UPDATE' AND (OLD.programme_id, OLD.person_id, OLD.work_on)
        IS NOT DISTINCT FROM (NEW.programme_id, NEW.person_id, NEW.work_on);
    minutes int := 0;
    won bigint := 0;
    worked int := 0;
    paid bigint := 0;
BEGIN
    IF was THEN
        minutes := -OLD.minutes;
        won := -OLD.pay_won;
        IF OLD.state = 'confirmed' THEN
            worked := minutes;
            paid := won;
        END IF;
        IF NOT (does AND stays) THEN
            PERFORM programme_take(
                OLD.programme_id, OLD.person_id, OLD.work_on, minutes, won, worked, paid, false);
            minutes := 0;
            won := 0;
            worked := 0;
            paid := 0;
        END IF;
    END IF;
    IF does THEN
        minutes := minutes + NEW.minutes;
        won := won + NEW.pay_won;
        IF NEW.state = 'confirmed' THEN
            worked := worked + NEW.minutes;
            paid := paid + NEW.pay_won;
        END IF;
        IF NOT (was AND stays) OR (minutes, won, worked, paid) <> (0, 0, 0, 0) THEN
            PERFORM programme_take(
                NEW.programme_id, NEW.person_id, NEW.work_on, minutes, won, worked, paid,
                NOT (stays AND (was OR OLD.state = 'absent')));
        END IF;
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
