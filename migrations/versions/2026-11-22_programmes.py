"""Allowance programmes: budgets and hours that the database itself does not let anybody exceed."""

import sqlalchemy as sa
from alembic import op

revision = "programmes"
down_revision = "compact_features"

# Moves the balance by what a shift takes more or less; `worked` and `paid` are the part of it that
# the office has confirmed. Only what is promised anew must lie in the programme's time. Rights of
# the owner: the service itself may not write what it takes. In the order programme, then person,
# so that two who plan never deadlock.
TAKE = """
CREATE FUNCTION programme_take(
    programme_id uuid, person_id uuid, work_on date, minutes int, won bigint,
    worked int DEFAULT 0, paid bigint DEFAULT 0, anew boolean DEFAULT true
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    terms programme;
BEGIN
    UPDATE programme AS p SET taken_won = p.taken_won + won, paid_won = p.paid_won + paid
    WHERE p.id = programme_id RETURNING p.* INTO STRICT terms;
    IF anew AND (terms.closed_at IS NOT NULL
                 OR work_on NOT BETWEEN terms.valid_from AND terms.valid_until) THEN
        RAISE check_violation USING
            MESSAGE = 'the programme does not pay for work on this day',
            TABLE = 'programme', CONSTRAINT = 'programme_pays_then';
    END IF;
    IF minutes > 0 THEN
        INSERT INTO programme_use (programme_id, person_id, period, begins_on, minutes, cap_minutes)
        VALUES
            (programme_id, person_id, 'all', '1970-01-01', 0, terms.minutes_in_all),
            (programme_id, person_id, 'month', date_trunc('month', work_on), 0,
             terms.minutes_a_month),
            (programme_id, person_id, 'week', date_trunc('week', work_on), 0, terms.minutes_a_week)
        ON CONFLICT ON CONSTRAINT programme_use_pkey DO NOTHING;
    END IF;
    UPDATE programme_use AS used SET
        minutes = used.minutes + minutes, worked_minutes = used.worked_minutes + worked
    WHERE used.programme_id = programme_id AND used.person_id = person_id
      AND (used.period, used.begins_on) IN (
          ('all', '1970-01-01'),
          ('month', date_trunc('month', work_on)::date),
          ('week', date_trunc('week', work_on)::date));
END $$
"""

# Other caps hold for what is planned already; whoever is over them keeps them from being lowered.
RECAP = """
CREATE FUNCTION programme_recapped() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE programme_use SET cap_minutes = CASE period
        WHEN 'all' THEN NEW.minutes_in_all
        WHEN 'month' THEN NEW.minutes_a_month
        ELSE NEW.minutes_a_week END
    WHERE programme_id = NEW.id;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Make the tables, what moves their balance, and the grants of the service."""
    op.create_table(
        "programme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=140), nullable=False),
        sa.Column("hourly_won", sa.Integer(), nullable=False),
        sa.Column("budget_won", sa.BigInteger(), nullable=False),
        sa.Column("taken_won", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("paid_won", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("minutes_in_all", sa.Integer(), nullable=True),
        sa.Column("minutes_a_month", sa.Integer(), nullable=True),
        sa.Column("minutes_a_week", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "length(btrim(name)) BETWEEN 1 AND 140", name=op.f("programme_named_check")
        ),
        sa.CheckConstraint("hourly_won BETWEEN 1 AND 1000000", name=op.f("programme_paying_check")),
        sa.CheckConstraint("budget_won >= 0", name=op.f("programme_budgeted_check")),
        sa.CheckConstraint("taken_won >= 0", name=op.f("programme_never_negative_check")),
        sa.CheckConstraint("taken_won <= budget_won", name=op.f("programme_within_budget_check")),
        sa.CheckConstraint(
            "paid_won BETWEEN 0 AND taken_won", name=op.f("programme_paid_of_taken_check")
        ),
        sa.CheckConstraint(
            "minutes_in_all > 0 AND minutes_a_month > 0 AND minutes_a_week > 0",
            name=op.f("programme_capped_check"),
        ),
        sa.CheckConstraint("valid_from <= valid_until", name=op.f("programme_lasting_check")),
        sa.CheckConstraint("version >= 1", name=op.f("programme_versioned_check")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="programme_office_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="programme_pkey"),
    )
    op.create_index("programme_office_id_idx", "programme", ["office_id"])
    op.create_table(
        "programme_use",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("worked_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("cap_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "period IN ('all', 'month', 'week')", name=op.f("programme_use_period_check")
        ),
        sa.CheckConstraint("minutes >= 0", name=op.f("programme_use_never_negative_check")),
        sa.CheckConstraint("minutes <= cap_minutes", name=op.f("programme_use_within_cap_check")),
        sa.CheckConstraint(
            "worked_minutes BETWEEN 0 AND minutes", name=op.f("programme_use_worked_of_all_check")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name="programme_use_programme_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="programme_use_person_id_fkey"),
        sa.PrimaryKeyConstraint(
            "programme_id", "person_id", "period", "begins_on", name="programme_use_pkey"
        ),
    )
    op.create_index("programme_use_person_id_idx", "programme_use", ["person_id"])
    op.add_column("job", sa.Column("programme_id", sa.Uuid(), nullable=True))
    op.create_foreign_key("job_programme_id_fkey", "job", "programme", ["programme_id"], ["id"])
    op.create_index("job_programme_id_idx", "job", ["programme_id"])
    op.execute(TAKE)
    op.execute("REVOKE ALL ON FUNCTION programme_take FROM PUBLIC")
    op.execute(RECAP)
    op.execute(
        "CREATE TRIGGER programme_recapped"
        " AFTER UPDATE OF minutes_in_all, minutes_a_month, minutes_a_week ON programme"
        " FOR EACH ROW EXECUTE FUNCTION programme_recapped()"
    )
    told = (
        "id, office_id, name, hourly_won, budget_won, valid_from, valid_until,"
        " minutes_in_all, minutes_a_month, minutes_a_week, closed_at, version"
    )
    op.execute(f"GRANT SELECT, DELETE, INSERT ({told}), UPDATE ({told}) ON programme TO geo_app")
    op.execute("GRANT SELECT ON programme_use TO geo_app")


def downgrade() -> None:
    """Drop them."""
    op.drop_column("job", "programme_id")
    op.drop_table("programme_use")
    op.drop_table("programme")
    op.execute("DROP FUNCTION programme_take, programme_recapped")
