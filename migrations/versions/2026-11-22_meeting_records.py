"""Alley meetings: what is talked about, said, decided and done."""

import sqlalchemy as sa
from alembic import op

revision = "meeting_records"
down_revision = "meetings"

EDITED = (
    "meeting_task",
    "meeting_decision",
    "meeting_minutes",
    "meeting_look_back",
    "meeting_agenda_item",
)

BALANCED = """
CREATE FUNCTION meeting_slip_has_a_voter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM meeting_slip WHERE decision_id = NEW.decision_id)
        > (SELECT count(*) FROM meeting_voter WHERE decision_id = NEW.decision_id)
    THEN
        RAISE EXCEPTION 'more slips than voters'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_slip_each_has_a_voter';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER meeting_slip_each_has_a_voter AFTER INSERT ON meeting_slip
    FOR EACH ROW EXECUTE FUNCTION meeting_slip_has_a_voter();
"""

VEILING = """
CREATE FUNCTION meeting_editions_veil(of_meeting uuid, pattern text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE meeting_edition
    SET words = left(regexp_replace(normalize(words), pattern, '○○○', 'gi'), 10000),
        also = left(regexp_replace(normalize(also), pattern, '○○○', 'gi'), 500),
        why = left(regexp_replace(normalize(why), pattern, '○○○', 'gi'), 300)
    WHERE meeting_id = of_meeting
        AND (normalize(words) ~* pattern OR normalize(also) ~* pattern OR normalize(why) ~* pattern)
$$;
REVOKE ALL ON FUNCTION meeting_editions_veil(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meeting_editions_veil(uuid, text) TO geo_app;
"""
"""The only change that an edition knows: a name is taken out of it."""


def upgrade() -> None:
    """Make the tables, keep ballots from outgrowing their voters, and grant what is needed."""
    op.create_table(
        "meeting_agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("words", sa.String(length=500), server_default=sa.text("''"), nullable=False),
        sa.Column("lasts_min", sa.Integer(), nullable=False),
        sa.Column("asks_decision", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("btrim(title) <> ''", name=op.f("meeting_agenda_item_in_words_check")),
        sa.CheckConstraint(
            "lasts_min BETWEEN 1 AND 240", name=op.f("meeting_agenda_item_lasting_check")
        ),
        sa.CheckConstraint("position >= 0", name=op.f("meeting_agenda_item_placed_check")),
        sa.CheckConstraint("version >= 1", name=op.f("meeting_agenda_item_versioned_check")),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["person.id"],
            name=op.f("meeting_agenda_item_by_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_agenda_item_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_agenda_item_pkey")),
        sa.UniqueConstraint("id", "meeting_id", name="meeting_agenda_item_meeting_key"),
    )
    op.create_index("meeting_agenda_item_by_id_idx", "meeting_agenda_item", ["by_id"], unique=False)
    op.create_index(
        "meeting_agenda_item_meeting_id_idx",
        "meeting_agenda_item",
        ["meeting_id", "position"],
        unique=False,
    )
    op.create_table(
        "meeting_look_back",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=1000), server_default=sa.text("''"), nullable=False),
        sa.Column("by_office", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(btrim(words) <> '') = (looked_at IS NOT NULL)",
            name=op.f("meeting_look_back_answered_check"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_look_back_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("meeting_look_back_pkey")),
    )
    op.create_table(
        "meeting_minutes",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("scribe_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("also", sa.String(length=500), server_default=sa.text("''"), nullable=False),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("came BETWEEN 0 AND 1000", name=op.f("meeting_minutes_counted_check")),
        sa.CheckConstraint(
            "length(words) <= 10000", name=op.f("meeting_minutes_not_endless_check")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("meeting_minutes_versioned_check")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_minutes_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["scribe_id"],
            ["person.id"],
            name=op.f("meeting_minutes_scribe_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("meeting_minutes_pkey")),
    )
    op.create_index(
        op.f("meeting_minutes_scribe_id_idx"), "meeting_minutes", ["scribe_id"], unique=False
    )
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("agenda_item_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column(
            "way",
            sa.Enum("hands", "ballot", name="way", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("yes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("no", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("abstained", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("voted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint(
            "(way = 'ballot') = (closes_at IS NOT NULL)",
            name=op.f("meeting_decision_closing_check"),
        ),
        sa.CheckConstraint("btrim(question) <> ''", name=op.f("meeting_decision_in_words_check")),
        sa.CheckConstraint(
            "way = 'ballot' OR closed_at IS NOT NULL",
            name=op.f("meeting_decision_hands_at_once_check"),
        ),
        sa.CheckConstraint("way IN ('hands', 'ballot')", name=op.f("meeting_decision_way_check")),
        sa.CheckConstraint(
            "closed_at >= opened_at", name=op.f("meeting_decision_closed_after_opened_check")
        ),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR voted = 0",
            name=op.f("meeting_decision_secret_while_open_check"),
        ),
        sa.CheckConstraint(
            "closes_at > opened_at", name=op.f("meeting_decision_open_some_time_check")
        ),
        sa.CheckConstraint(
            "entitled >= voted", name=op.f("meeting_decision_no_more_votes_than_people_check")
        ),
        sa.CheckConstraint(
            "yes >= 0 AND no >= 0 AND abstained >= 0 AND voted = yes + no + abstained",
            name=op.f("meeting_decision_counted_check"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id", "meeting_id"],
            ["meeting_agenda_item.id", "meeting_agenda_item.meeting_id"],
            name="meeting_decision_agenda_item_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_decision_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_decision_pkey")),
    )
    op.create_index(
        "meeting_decision_agenda_item_id_idx",
        "meeting_decision",
        ["agenda_item_id", "meeting_id"],
        unique=False,
    )
    op.create_index(
        "meeting_decision_meeting_id_idx",
        "meeting_decision",
        ["meeting_id", "opened_at"],
        unique=False,
    )
    op.create_table(
        "meeting_edition",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("also", sa.String(length=500), server_default=sa.text("''"), nullable=False),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("by_office", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(number = 1) = (why = '')", name=op.f("meeting_edition_explained_check")
        ),
        sa.CheckConstraint("btrim(words) <> ''", name=op.f("meeting_edition_in_words_check")),
        sa.CheckConstraint("came BETWEEN 0 AND 1000", name=op.f("meeting_edition_counted_check")),
        sa.CheckConstraint(
            "length(words) <= 10000", name=op.f("meeting_edition_not_endless_check")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("meeting_edition_numbered_check")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting_minutes.meeting_id"],
            name=op.f("meeting_edition_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "number", name=op.f("meeting_edition_pkey")),
    )
    op.create_table(
        "meeting_slip",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column(
            "choice",
            sa.Enum("yes", "no", "abstain", name="choice", native_enum=False, length=32),
            nullable=False,
        ),
        sa.CheckConstraint(
            "choice IN ('yes', 'no', 'abstain')", name=op.f("meeting_slip_choice_check")
        ),
        sa.CheckConstraint("code ~ '^[2-9A-HJ-NP-Z]{8}$'", name=op.f("meeting_slip_coded_check")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["meeting_decision.id"],
            name=op.f("meeting_slip_decision_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("decision_id", "code", name=op.f("meeting_slip_pkey")),
    )
    op.create_table(
        "meeting_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("by_office", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "went",
            sa.Enum("done", "partly", "not_yet", name="went", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column(
            "went_words", sa.String(length=300), server_default=sa.text("''"), nullable=False
        ),
        sa.Column("went_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("btrim(words) <> ''", name=op.f("meeting_task_in_words_check")),
        sa.CheckConstraint(
            "went IN ('done', 'partly', 'not_yet')", name=op.f("meeting_task_went_check")
        ),
        sa.CheckConstraint(
            "went IS NOT NULL OR went_words = ''", name=op.f("meeting_task_told_in_whole_check")
        ),
        sa.CheckConstraint(
            "(went IS NULL) = (went_at IS NULL)", name=op.f("meeting_task_told_some_time_check")
        ),
        sa.CheckConstraint(
            "NOT (by_office AND owner_id IS NOT NULL)", name=op.f("meeting_task_one_owner_check")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("meeting_task_versioned_check")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["meeting_decision.id"],
            name=op.f("meeting_task_decision_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("meeting_task_meeting_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("meeting_task_owner_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("meeting_task_pkey")),
    )
    op.create_index("meeting_task_decision_id_idx", "meeting_task", ["decision_id"], unique=False)
    op.create_index(
        "meeting_task_meeting_id_idx", "meeting_task", ["meeting_id", "due_on"], unique=False
    )
    op.create_index("meeting_task_owner_id_idx", "meeting_task", ["owner_id"], unique=False)
    op.create_table(
        "meeting_voter",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["meeting_decision.id"],
            name=op.f("meeting_voter_decision_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("meeting_voter_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("decision_id", "person_id", name=op.f("meeting_voter_pkey")),
    )
    op.create_index("meeting_voter_person_id_idx", "meeting_voter", ["person_id"], unique=False)
    op.execute(BALANCED)
    op.execute(VEILING)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(EDITED)} TO geo_app")
    op.execute("GRANT SELECT, INSERT ON meeting_edition, meeting_voter TO geo_app")
    op.execute("GRANT SELECT, INSERT, DELETE ON meeting_slip TO geo_app")


def downgrade() -> None:
    """Drop them."""
    for table in ("meeting_slip", "meeting_voter", "meeting_edition", *EDITED):
        op.drop_table(table)
    op.execute("DROP FUNCTION meeting_slip_has_a_voter(), meeting_editions_veil(uuid, text)")
