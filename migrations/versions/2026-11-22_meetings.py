"""Alley meetings: proposals, who supports them, and who comes."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geography
from sqlalchemy.dialects import postgresql as pg

revision = "meetings"
down_revision = "leaving"

TABLES = (
    "meeting_suit",
    "meeting_time",
    "meeting_support",
    "meeting_attendee",
    "meeting",
    "meeting_rule",
)


def upgrade() -> None:
    """Make the tables and the kind of listing, and grant the service what it does with them."""
    _kinds("'job', 'space', 'meeting'")
    op.create_table(
        "meeting_rule",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("supporters", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "supporters BETWEEN 3 AND 50", name=op.f("meeting_rule_supported_check")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["office.id"],
            name=op.f("meeting_rule_office_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("meeting_rule_pkey")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("venue", sa.String(length=32), nullable=False),
        sa.Column(
            "venue_words", sa.String(length=140), server_default=sa.text("''"), nullable=False
        ),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("bring", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("by_office", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("named", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("supporters_needed", sa.Integer(), server_default=sa.text("3"), nullable=False),
        sa.Column("during", pg.TSTZRANGE(), nullable=True),
        sa.Column("moved_from", pg.TSTZRANGE(), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("asked_place", Geography("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column(
            "asked_address", sa.String(length=300), server_default=sa.text("''"), nullable=False
        ),
        sa.Column("help", sa.String(length=32), nullable=True),
        sa.Column(
            "help_words", sa.String(length=300), server_default=sa.text("''"), nullable=False
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "(venue = 'online') = (link IS NOT NULL)", name=op.f("meeting_linked_check")
        ),
        sa.CheckConstraint(
            "CASE WHEN state IN ('proposed', 'supported', 'lapsed') THEN during IS NULL"
            " WHEN state = 'cancelled' THEN true ELSE during IS NOT NULL END",
            name=op.f("meeting_timed_check"),
        ),
        sa.CheckConstraint("form IN ('meeting', 'get_together')", name=op.f("meeting_form_check")),
        sa.CheckConstraint(
            "help IN ('asked', 'coming', 'not_coming')", name=op.f("meeting_help_check")
        ),
        sa.CheckConstraint(
            "link ~ '^https://[^[:space:]]+$'", name=op.f("meeting_linked_safely_check")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'supported', 'convened', 'held', 'looked_back',"
            " 'cancelled', 'lapsed')",
            name=op.f("meeting_state_check"),
        ),
        sa.CheckConstraint(
            "venue IN ('outdoors', 'cafe', 'room', 'online')", name=op.f("meeting_venue_check")
        ),
        sa.CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("meeting_lasting_check"),
        ),
        sa.CheckConstraint(
            "moved_from IS NULL OR moved_at IS NOT NULL", name=op.f("meeting_moved_check")
        ),
        sa.CheckConstraint("seats BETWEEN 2 AND 500", name=op.f("meeting_seated_check")),
        sa.CheckConstraint("supporters_needed BETWEEN 1 AND 50", name=op.f("meeting_needed_check")),
        sa.CheckConstraint(
            "taken BETWEEN 0 AND seats", name=op.f("meeting_never_overfilled_check")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("meeting_versioned_check")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
            name=op.f("meeting_booking_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["listing.id"], name=op.f("meeting_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["person.id"],
            name=op.f("meeting_proposed_by_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_pkey")),
    )
    op.create_index("meeting_booking_id_idx", "meeting", ["booking_id"], unique=False)
    op.create_index(
        "meeting_open_idx",
        "meeting",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state IN ('proposed', 'supported')"),
    )
    op.create_index("meeting_proposed_by_id_idx", "meeting", ["proposed_by_id"], unique=False)
    op.create_table(
        "meeting_attendee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), server_default=sa.text("''"), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("going", sa.String(length=32), nullable=False),
        sa.Column("children", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("step_free", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("interpreter", sa.String(length=32), nullable=True),
        sa.Column("named", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_call_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN person_id IS NOT NULL OR wiped_at IS NOT NULL"
            " THEN name = '' AND phone IS NULL AND code_hash IS NULL"
            " ELSE btrim(name) <> '' AND phone IS NOT NULL AND code_hash IS NOT NULL END",
            name=op.f("meeting_attendee_known_check"),
        ),
        sa.CheckConstraint(
            "going IN ('coming', 'waiting')", name=op.f("meeting_attendee_going_check")
        ),
        sa.CheckConstraint(
            "interpreter IN ('sign', 'en', 'zh', 'vi', 'ru', 'other')",
            name=op.f("meeting_attendee_tongue_check"),
        ),
        sa.CheckConstraint(
            "phone ~ '^\\+[0-9]{7,15}$'", name=op.f("meeting_attendee_callable_check")
        ),
        sa.CheckConstraint(
            "children BETWEEN 0 AND 9", name=op.f("meeting_attendee_children_check")
        ),
        sa.CheckConstraint("length(code_hash) = 32", name=op.f("meeting_attendee_hashed_check")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_attendee_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("meeting_attendee_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_attendee_pkey")),
    )
    op.create_index(
        "meeting_attendee_code_key",
        "meeting_attendee",
        ["code_hash"],
        unique=True,
        postgresql_where=sa.text("code_hash IS NOT NULL"),
    )
    op.create_index(
        "meeting_attendee_line_idx",
        "meeting_attendee",
        ["meeting_id", "joined_at", "id"],
        unique=False,
    )
    op.create_index(
        "meeting_attendee_person_id_idx", "meeting_attendee", ["person_id"], unique=False
    )
    op.create_index(
        "meeting_attendee_person_key",
        "meeting_attendee",
        ["meeting_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "meeting_attendee_phone_key",
        "meeting_attendee",
        ["meeting_id", "phone"],
        unique=True,
        postgresql_where=sa.text("phone IS NOT NULL"),
    )
    op.create_table(
        "meeting_support",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("supported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_support_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("meeting_support_person_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("meeting_support_pkey")),
    )
    op.create_index("meeting_support_person_id_idx", "meeting_support", ["person_id"], unique=False)
    op.create_table(
        "meeting_time",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("during", pg.TSTZRANGE(), nullable=False),
        sa.CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("meeting_time_lasting_check"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_time_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_time_pkey")),
        sa.UniqueConstraint("meeting_id", "during", name="meeting_time_once_key"),
    )
    op.create_table(
        "meeting_suit",
        sa.Column("time_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id", "person_id"],
            ["meeting_support.meeting_id", "meeting_support.person_id"],
            name="meeting_suit_support_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["time_id"],
            ["meeting_time.id"],
            name=op.f("meeting_suit_time_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("time_id", "person_id", name=op.f("meeting_suit_pkey")),
    )
    op.create_index(
        "meeting_suit_support_idx", "meeting_suit", ["meeting_id", "person_id"], unique=False
    )
    op.create_index(
        "listing_proposed_idx",
        "listing",
        ["place"],
        unique=False,
        postgresql_using="gist",
        postgresql_where=sa.text("kind = 'meeting' AND published_at IS NULL"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(TABLES)} TO geo_app")


def downgrade() -> None:
    """Drop them, and whatever was found nearby as a meeting."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("listing_proposed_idx", "listing")
    op.execute("DELETE FROM listing WHERE kind = 'meeting'")
    _kinds("'job', 'space'")


def _kinds(kinds: str) -> None:
    op.drop_constraint("listing_kind_check", "listing")
    op.create_check_constraint(op.f("listing_kind_check"), "listing", f"kind IN ({kinds})")
