"""What neighbours tell, in a schema of its own that one login enters, bound by row level security.

The tables are below; the walls around them, functions and policies, are in the file of the same
name that ends in `.sql`.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from geo_service.confidential.sealing import SealedType

revision = "reports"
down_revision = "watchers"

WALLS = Path(__file__).with_suffix(".sql")

READ_IN_PUBLIC = (
    "area",
    "area_code",
    "dong_share",
    "office",
    "person (id, name, email, tongue, left_at)",
    "staff (person_id, office_id, role)",
)
"""What the confidential login may see beside its schema."""


def upgrade() -> None:
    """Make schema, tables and walls."""
    op.execute("CREATE SCHEMA reports")
    op.execute("""
        CREATE DOMAIN reports.sealed AS bytea
            CHECK (get_byte(VALUE, 0) = 1 AND octet_length(VALUE) >= 47)
    """)
    make_tables()
    op.get_bind().exec_driver_sql(WALLS.read_text().replace("%", "%%"))
    for seen in READ_IN_PUBLIC:
        table, _, columns = seen.partition(" ")
        op.execute(f"GRANT SELECT {columns} ON {table} TO geo_reports")
    # A task and a letter leave in the transaction that wants them.
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON task TO geo_reports")
    op.execute("GRANT SELECT, INSERT ON envelope TO geo_reports")
    op.execute("GRANT USAGE ON SCHEMA procrastinate TO geo_reports")
    jobs = "procrastinate.procrastinate_jobs, procrastinate.procrastinate_events"
    op.execute(f"GRANT SELECT, INSERT ON {jobs} TO geo_reports")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA procrastinate TO geo_reports")


def make_tables() -> None:
    """Make them as the models describe them."""
    op.create_table(
        "case_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("cell", sa.BigInteger(), nullable=True),
        sa.Column("shred_on", sa.Date(), nullable=True),
        sa.Column("shredded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("summary_sealed", SealedType(), nullable=True),
        sa.Column("connected_to_sealed", SealedType(), nullable=True),
        sa.CheckConstraint(
            "(stage = 'closed') = (closed_at IS NOT NULL)", name=op.f("case_file_closed_at_check")
        ),
        sa.CheckConstraint(
            "number ~ '^[0-9A-Z][0-9A-Z-]{5,19}$'", name=op.f("case_file_numbered_check")
        ),
        sa.CheckConstraint(
            "stage IN ('new', 'assigned', 'contacted', 'connected', 'closed', 'unreachable')",
            name=op.f("case_file_stage_check"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("case_file_versioned_check")),
        sa.CheckConstraint(
            "warned_at IS NULL OR closed_at IS NOT NULL",
            name=op.f("case_file_warned_when_closed_check"),
        ),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("case_file_into_another_check")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["reports.case_file.id"],
            name=op.f("case_file_merged_into_id_fkey"),
        ),
        sa.CheckConstraint(
            "shredded_at IS NULL OR (summary_sealed IS NULL"
            " AND connected_to_sealed IS NULL AND cell IS NULL)",
            name=op.f("case_file_shredded_whole_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("case_file_pkey")),
        sa.UniqueConstraint("number", name=op.f("case_file_number_key")),
        schema="reports",
    )
    op.create_index(
        "case_file_cell_idx",
        "case_file",
        ["cell"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("cell IS NOT NULL"),
    )
    op.create_index(
        "case_file_centre_id_stage_idx",
        "case_file",
        ["centre_id", "stage"],
        unique=False,
        schema="reports",
    )
    op.create_index(
        "case_file_due_on_idx",
        "case_file",
        ["due_on"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "case_file_merged_into_id_idx",
        "case_file",
        ["merged_into_id"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.create_index(
        "case_file_shred_on_idx",
        "case_file",
        ["shred_on"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("shredded_at IS NULL"),
    )
    op.create_table(
        "claim_key",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("inner_pad", sa.LargeBinary(), nullable=False),
        sa.Column("outer_pad", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("single", name=op.f("claim_key_alone_check")),
        sa.PrimaryKeyConstraint("single", name=op.f("claim_key_pkey")),
        schema="reports",
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("word_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answers_sealed", SealedType(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("step <> ''", name=op.f("draft_somewhere_check")),
        sa.CheckConstraint("length(word_hash) = 32", name=op.f("draft_hashed_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("draft_pkey")),
        sa.UniqueConstraint("word_hash", name=op.f("draft_word_hash_key")),
        schema="reports",
    )
    op.create_index("draft_expires_at_idx", "draft", ["expires_at"], unique=False, schema="reports")
    op.create_table(
        "household",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name_sealed", SealedType(), nullable=False),
        sa.Column("address_sealed", SealedType(), nullable=False),
        sa.Column("phone_sealed", SealedType(), nullable=True),
        sa.Column("note_sealed", SealedType(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("household_pkey")),
        schema="reports",
    )
    op.create_index(
        "household_centre_id_idx", "household", ["centre_id"], unique=False, schema="reports"
    )
    op.create_table(
        "look",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("thing", sa.String(length=40), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=True),
        sa.Column("centre_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "standing IN ('reporter', 'caseworker', 'lead', 'clockwork')",
            name=op.f("look_standing_check"),
        ),
        sa.CheckConstraint("thing <> '' AND purpose <> ''", name=op.f("look_explained_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("look_pkey")),
        schema="reports",
    )
    op.create_index(
        "look_centre_id_at_idx", "look", ["centre_id", "at"], unique=False, schema="reports"
    )
    op.create_index("look_thing_id_idx", "look", ["thing_id", "at"], unique=False, schema="reports")
    op.create_table(
        "sealing",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id <= last_id AND looks > 0", name=op.f("sealing_some_check")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("sealing_hashed_check")),
        sa.PrimaryKeyConstraint("number", name=op.f("sealing_pkey")),
        sa.UniqueConstraint("last_id", name=op.f("sealing_last_id_key")),
        schema="reports",
    )
    op.create_table(
        "survey_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("season", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("btrim(title) <> ''", name=op.f("survey_round_titled_check")),
        sa.CheckConstraint(
            "season IN ('summer', 'winter')", name=op.f("survey_round_season_check")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("survey_round_forward_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_round_pkey")),
        schema="reports",
    )
    op.create_index(
        "survey_round_centre_id_idx", "survey_round", ["centre_id"], unique=False, schema="reports"
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("from_centre_id", sa.Uuid(), nullable=False),
        sa.Column("to_centre_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (accepted IS NULL)", name=op.f("handover_answered_check")
        ),
        sa.CheckConstraint("from_centre_id <> to_centre_id", name=op.f("handover_elsewhere_check")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["reports.case_file.id"],
            name=op.f("handover_case_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("handover_pkey")),
        schema="reports",
    )
    op.create_index(
        "handover_case_id_key",
        "handover",
        ["case_id"],
        unique=True,
        schema="reports",
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index(
        "handover_to_centre_id_idx",
        "handover",
        ["to_centre_id"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("second_centre_id", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("routing", sa.String(length=32), nullable=False),
        sa.Column("cell", sa.BigInteger(), nullable=True),
        sa.Column("categories", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "urgency", sa.String(length=32), server_default=sa.text("'usual'"), nullable=False
        ),
        sa.Column(
            "answer_by", sa.String(length=32), server_default=sa.text("'none'"), nullable=False
        ),
        sa.Column("watcher", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reporter_hash", sa.LargeBinary(), nullable=True),
        sa.Column("receipt_hash", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shred_on", sa.Date(), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shredded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("place_sealed", SealedType(), nullable=True),
        sa.Column("where_words_sealed", SealedType(), nullable=True),
        sa.Column("story_sealed", SealedType(), nullable=True),
        sa.Column("signs_sealed", SealedType(), nullable=True),
        sa.Column("subject_sealed", SealedType(), nullable=True),
        sa.Column("consent_sealed", SealedType(), nullable=True),
        sa.Column("contact_sealed", SealedType(), nullable=True),
        sa.CheckConstraint(
            "answer_by IN ('mail', 'receipt', 'none')", name=op.f("report_answer_by_check")
        ),
        sa.CheckConstraint(
            "number ~ '^[0-9A-Z][0-9A-Z-]{5,19}$'", name=op.f("report_numbered_check")
        ),
        sa.CheckConstraint(
            "routing IN ('sure', 'border', 'unconfirmed', 'handed')",
            name=op.f("report_routing_check"),
        ),
        sa.CheckConstraint(
            "second_centre_id IS NULL OR routing = 'border'",
            name=op.f("report_second_at_border_check"),
        ),
        sa.CheckConstraint(
            "urgency IN ('usual', 'soon', 'today')", name=op.f("report_urgency_check")
        ),
        sa.CheckConstraint("cardinality(categories) > 0", name=op.f("report_categorised_check")),
        sa.CheckConstraint(
            "length(reporter_hash) = 32 AND length(receipt_hash) = 32",
            name=op.f("report_hashed_check"),
        ),
        sa.CheckConstraint("second_centre_id <> centre_id", name=op.f("report_two_centres_check")),
        sa.CheckConstraint(
            "shredded_at IS NULL OR (place_sealed IS NULL AND where_words_sealed IS NULL"
            " AND story_sealed IS NULL AND signs_sealed IS NULL AND subject_sealed IS NULL"
            " AND consent_sealed IS NULL AND contact_sealed IS NULL AND cell IS NULL"
            " AND reporter_hash IS NULL AND receipt_hash IS NULL)",
            name=op.f("report_shredded_whole_check"),
        ),
        sa.CheckConstraint(
            "warned_at IS NULL OR closed_at IS NOT NULL",
            name=op.f("report_warned_when_closed_check"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["reports.case_file.id"], name=op.f("report_case_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("report_pkey")),
        sa.UniqueConstraint("number", name=op.f("report_number_key")),
        sa.UniqueConstraint("receipt_hash", name=op.f("report_receipt_hash_key")),
        schema="reports",
    )
    op.create_index("report_case_id_idx", "report", ["case_id"], unique=False, schema="reports")
    op.create_index(
        "report_cell_idx",
        "report",
        ["cell"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("cell IS NOT NULL"),
    )
    op.create_index(
        "report_centre_id_told_at_idx",
        "report",
        ["centre_id", "told_at"],
        unique=False,
        schema="reports",
    )
    op.create_index(
        "report_reporter_hash_idx", "report", ["reporter_hash"], unique=False, schema="reports"
    )
    op.create_index(
        "report_second_centre_id_idx",
        "report",
        ["second_centre_id"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("second_centre_id IS NOT NULL"),
    )
    op.create_index(
        "report_shred_on_idx",
        "report",
        ["shred_on"],
        unique=False,
        schema="reports",
        postgresql_where=sa.text("shredded_at IS NULL"),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("rung", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("words_sealed", SealedType(), nullable=True),
        sa.CheckConstraint(
            "rung IN ('call', 'visit', 'note', 'neighbour', 'police')", name=op.f("step_rung_check")
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR done_at IS NOT NULL", name=op.f("step_outcome_when_done_check")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["reports.case_file.id"],
            name=op.f("step_case_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("step_pkey")),
        schema="reports",
    )
    op.create_index("step_case_id_idx", "step", ["case_id"], unique=False, schema="reports")
    op.create_table(
        "survey_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=32), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("words_sealed", SealedType(), nullable=True),
        sa.CheckConstraint(
            "result IN ('well', 'needs_help', 'not_home', 'moved')",
            name=op.f("survey_visit_result_check"),
        ),
        sa.CheckConstraint(
            "(visited_at IS NULL) = (result IS NULL)",
            name=op.f("survey_visit_result_when_visited_check"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["reports.household.id"],
            name=op.f("survey_visit_household_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["reports.survey_round.id"],
            name=op.f("survey_visit_round_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("survey_visit_pkey")),
        sa.UniqueConstraint(
            "round_id", "household_id", name=op.f("survey_visit_round_id_household_id_key")
        ),
        schema="reports",
    )
    op.create_index(
        "survey_visit_household_id_idx",
        "survey_visit",
        ["household_id"],
        unique=False,
        schema="reports",
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.String(length=32), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", SealedType(), nullable=False),
        sa.CheckConstraint("said_by IN ('reporter', 'centre')", name=op.f("message_said_by_check")),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports.report.id"],
            name=op.f("message_report_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("message_pkey")),
        schema="reports",
    )
    op.create_index(
        "message_report_id_said_at_idx",
        "message",
        ["report_id", "said_at"],
        unique=False,
        schema="reports",
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("image_sealed", SealedType(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 5", name=op.f("photo_few_check")),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports.report.id"],
            name=op.f("photo_report_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("photo_pkey")),
        sa.UniqueConstraint("report_id", "position", name=op.f("photo_report_id_position_key")),
        schema="reports",
    )


def downgrade() -> None:
    """Drop all of it, and take back what the login was granted elsewhere."""
    op.execute("DROP SCHEMA reports CASCADE")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM geo_reports")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA procrastinate FROM geo_reports")
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA procrastinate FROM geo_reports")
    op.execute("REVOKE ALL ON SCHEMA procrastinate FROM geo_reports")
