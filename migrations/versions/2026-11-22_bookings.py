"""On what terms spaces may be booked, who has booked what, and what happened to it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "bookings"
down_revision = "job_posting"


def upgrade() -> None:
    """Make the tables, and grant the service what it does with them."""
    op.create_table(
        "booking_quota",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("bookings", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("most_bookings", sa.Integer(), nullable=True),
        sa.Column("most_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint("period IN ('week', 'month')", name=op.f("booking_quota_period_check")),
        sa.CheckConstraint(
            "bookings >= 0 AND minutes >= 0", name=op.f("booking_quota_counted_check")
        ),
        sa.CheckConstraint(
            "bookings <= most_bookings AND minutes <= most_minutes",
            name=op.f("booking_quota_within_check"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("booking_quota_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("booking_quota_space_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "space_id", "period", "begins_on", name=op.f("booking_quota_pkey")
        ),
    )
    op.create_table(
        "booking_series",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("times BETWEEN 2 AND 53", name=op.f("booking_series_repeats_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("booking_series_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("booking_series_space_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("booking_series_pkey")),
    )
    op.create_index("booking_series_person_id_idx", "booking_series", ["person_id"], unique=False)
    op.create_table(
        "space_terms",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("bookable", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("use", sa.String(length=32), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=32), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.Column("min_minutes", sa.Integer(), nullable=False),
        sa.Column("max_minutes", sa.Integer(), nullable=False),
        sa.Column("before_minutes", sa.Integer(), nullable=False),
        sa.Column("after_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_minutes", sa.Integer(), nullable=False),
        sa.Column("ahead_days", sa.Integer(), nullable=False),
        sa.Column("cancel_minutes", sa.Integer(), nullable=False),
        sa.Column("price_won", sa.Integer(), nullable=False),
        sa.Column("price_minutes", sa.Integer(), nullable=False),
        sa.Column("quota_bookings", sa.Integer(), nullable=True),
        sa.Column("quota_minutes", sa.Integer(), nullable=True),
        sa.Column("quota_period", sa.String(length=32), nullable=False),
        sa.Column("check_in_minutes", sa.Integer(), nullable=False),
        sa.Column("no_show_minutes", sa.Integer(), nullable=True),
        sa.Column("strikes", sa.Integer(), nullable=True),
        sa.Column("strike_days", sa.Integer(), nullable=False),
        sa.Column("min_months", sa.Integer(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quota_period IN ('week', 'month')", name=op.f("space_terms_quota_period_check")
        ),
        sa.CheckConstraint("use IN ('hourly', 'monthly')", name=op.f("space_terms_use_check")),
        sa.CheckConstraint(
            "who IN ('anyone', 'district', 'dong')", name=op.f("space_terms_who_check")
        ),
        sa.CheckConstraint("ahead_days BETWEEN 1 AND 366", name=op.f("space_terms_ahead_check")),
        sa.CheckConstraint(
            "before_minutes BETWEEN 0 AND 1440 AND after_minutes BETWEEN 0 AND 1440",
            name=op.f("space_terms_buffered_check"),
        ),
        sa.CheckConstraint(
            "cancel_minutes BETWEEN 0 AND 525600", name=op.f("space_terms_cancelled_check")
        ),
        sa.CheckConstraint(
            "check_in_minutes BETWEEN 0 AND 1440", name=op.f("space_terms_checked_in_check")
        ),
        sa.CheckConstraint(
            "min_minutes BETWEEN 1 AND max_minutes AND max_minutes <= 10080 AND "
            "min_minutes % step_minutes = 0 AND max_minutes % step_minutes = 0",
            name=op.f("space_terms_long_enough_check"),
        ),
        sa.CheckConstraint(
            "min_months BETWEEN 1 AND 24 AND notice_months BETWEEN 0 AND 12",
            name=op.f("space_terms_by_the_month_check"),
        ),
        sa.CheckConstraint(
            "no_show_minutes BETWEEN 1 AND 1440", name=op.f("space_terms_released_check")
        ),
        sa.CheckConstraint(
            "notice_minutes BETWEEN 0 AND 525600", name=op.f("space_terms_noticed_check")
        ),
        sa.CheckConstraint(
            "price_won BETWEEN 0 AND 100000000 AND price_minutes BETWEEN 1 AND 10080",
            name=op.f("space_terms_priced_check"),
        ),
        sa.CheckConstraint(
            "quota_bookings > 0 AND quota_bookings <= 1000",
            name=op.f("space_terms_some_bookings_check"),
        ),
        sa.CheckConstraint(
            "quota_minutes > 0 AND quota_minutes <= 44640",
            name=op.f("space_terms_some_minutes_check"),
        ),
        sa.CheckConstraint(
            "step_minutes >= 5 AND 1440 % step_minutes = 0", name=op.f("space_terms_stepped_check")
        ),
        sa.CheckConstraint(
            "strike_days BETWEEN 1 AND 366", name=op.f("space_terms_forgiven_check")
        ),
        sa.CheckConstraint("strikes > 0 AND strikes <= 100", name=op.f("space_terms_struck_check")),
        sa.CheckConstraint("units BETWEEN 1 AND 500", name=op.f("space_terms_counted_check")),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("space_terms_space_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("space_id", name=op.f("space_terms_pkey")),
    )
    op.create_table(
        "booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("use", sa.String(length=32), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("price_won", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("person_id"), "="),
            (sa.column("space_id"), "="),
            (sa.column("during"), "&&"),
            where=sa.text(
                "use = 'monthly' AND state IN ('held', 'asked', 'confirmed', 'checked_in')"
            ),
            using="gist",
            name="booking_one_subscription_each",
        ),
        sa.CheckConstraint(
            "(state = 'checked_in') = (checked_in_at IS NOT NULL)",
            name=op.f("booking_checked_in_check"),
        ),
        sa.CheckConstraint(
            "(state = 'held') = (held_until IS NOT NULL)", name=op.f("booking_held_check")
        ),
        sa.CheckConstraint("code ~ '^[0-9]{6}$'", name=op.f("booking_coded_check")),
        sa.CheckConstraint(
            "state IN ('held', 'asked', 'confirmed', 'checked_in',"
            " 'expired', 'declined', 'cancelled', 'no_show')",
            name=op.f("booking_state_check"),
        ),
        sa.CheckConstraint(
            "use = 'monthly' OR NOT upper_inf(during)", name=op.f("booking_ends_check")
        ),
        sa.CheckConstraint("use IN ('hourly', 'monthly')", name=op.f("booking_use_check")),
        sa.CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during)", name=op.f("booking_begins_check")
        ),
        sa.CheckConstraint("people > 0", name=op.f("booking_attended_check")),
        sa.CheckConstraint("price_won >= 0", name=op.f("booking_priced_check")),
        sa.CheckConstraint("unit_no >= 0", name=op.f("booking_numbered_check")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("booking_person_id_fkey")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["booking_series.id"], name=op.f("booking_series_id_fkey")
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("booking_space_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("booking_pkey")),
    )
    op.create_index(
        "booking_asked_idx",
        "booking",
        ["space_id"],
        unique=False,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index(
        "booking_held_idx",
        "booking",
        ["space_id", "held_until"],
        unique=False,
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "booking_person_id_idx",
        "booking",
        ["person_id", sa.literal_column("lower(during)")],
        unique=False,
    )
    op.create_index(
        "booking_series_id_idx",
        "booking",
        ["series_id"],
        unique=False,
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.create_index(
        "booking_space_id_during_idx",
        "booking",
        ["space_id", "during"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_table(
        "booking_claim",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("space_id"), "="),
            (sa.column("unit_no"), "="),
            (sa.column("during"), "&&"),
            (sa.column("holder_id"), "<>"),
            using="gist",
            name="booking_claim_one_holder",
        ),
        sa.CheckConstraint("NOT isempty(during)", name=op.f("booking_claim_takes_time_check")),
        sa.CheckConstraint(
            "holder_id = booking_id OR unit_no = 0",
            name=op.f("booking_claim_shared_as_a_whole_check"),
        ),
        sa.CheckConstraint(
            "holder_id IN (booking_id, space_id)", name=op.f("booking_claim_held_check")
        ),
        sa.CheckConstraint("unit_no >= 0", name=op.f("booking_claim_numbered_check")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
            name=op.f("booking_claim_booking_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("booking_claim_space_id_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "booking_id", "space_id", "unit_no", name=op.f("booking_claim_pkey")
        ),
    )
    op.create_table(
        "booking_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
            name=op.f("booking_event_booking_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("booking_event_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("booking_event_pkey")),
    )
    op.create_index(
        "booking_event_booking_id_idx", "booking_event", ["booking_id", "id"], unique=False
    )
    op.create_table(
        "booking_strike",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("expires_at > given_at", name=op.f("booking_strike_expires_check")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
            name=op.f("booking_strike_booking_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("booking_strike_office_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("booking_strike_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("booking_strike_pkey")),
    )
    op.create_index(
        "booking_strike_person_id_idx",
        "booking_strike",
        ["person_id", "office_id", "expires_at"],
        unique=False,
    )
    op.create_table(
        "booking_waiting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "booking_id IS NOT NULL OR state NOT IN ('offered', 'taken')",
            name=op.f("booking_waiting_offered_check"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'taken', 'missed', 'left')",
            name=op.f("booking_waiting_state_check"),
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("booking_waiting_timed_check"),
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("booking_waiting_booking_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("booking_waiting_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("booking_waiting_space_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("booking_waiting_pkey")),
    )
    op.create_index(
        "booking_waiting_booking_id_idx", "booking_waiting", ["booking_id"], unique=False
    )
    op.create_index("booking_waiting_person_id_idx", "booking_waiting", ["person_id"], unique=False)
    op.create_index(
        "booking_waiting_once_key",
        "booking_waiting",
        ["person_id", "space_id", "during"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "booking_waiting_space_id_idx",
        "booking_waiting",
        ["space_id", "during"],
        unique=False,
        postgresql_using="gist",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON booking_quota, booking_series, space_terms,"
        " booking, booking_claim, booking_strike, booking_waiting TO geo_app"
    )
    op.execute("GRANT SELECT, INSERT ON booking_event TO geo_app")


def downgrade() -> None:
    """Drop them."""
    op.drop_table("booking_waiting")
    op.drop_table("booking_strike")
    op.drop_table("booking_event")
    op.drop_table("booking_claim")
    op.drop_table("booking")
    op.drop_table("space_terms")
    op.drop_table("booking_series")
    op.drop_table("booking_quota")
