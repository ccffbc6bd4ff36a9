"""Watchers, their cards and keys, what offices offer them, and what they do together."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "watchers"
down_revision = "meeting_records"

TABLES = (
    "watch_card",
    "watch_key",
    "watch_activity_part",
    "watch_activity",
    "benefit_count",
    "benefit_mark",
    "benefit",
    "watch_refusal",
    "watcher_draft",
    "watcher",
    "watch_terms",
)


def upgrade() -> None:
    """Make the tables, and grant the service what it does with them."""
    op.create_table(
        "benefit_mark",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(mark) = 32", name=op.f("benefit_mark_hashed_check")),
        sa.PrimaryKeyConstraint("mark", name="benefit_mark_pkey"),
    )
    op.create_index("benefit_mark_until_idx", "benefit_mark", ["until"], unique=False)
    op.create_table(
        "watch_refusal",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(mark) = 32", name=op.f("watch_refusal_hashed_check")),
        sa.PrimaryKeyConstraint("mark", name="watch_refusal_pkey"),
    )
    op.create_index("watch_refusal_until_idx", "watch_refusal", ["until"], unique=False)
    op.create_table(
        "watch_key",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(sealed IS NULL) = (retired_at IS NOT NULL)", name=op.f("watch_key_sealed_check")
        ),
        sa.CheckConstraint("id BETWEEN 1 AND 65535", name=op.f("watch_key_two_bytes_check")),
        sa.CheckConstraint("length(public_key) = 32", name=op.f("watch_key_public_check")),
        sa.CheckConstraint(
            "revoked_at IS NULL OR retired_at IS NOT NULL",
            name=op.f("watch_key_retired_first_check"),
        ),
        sa.PrimaryKeyConstraint("id", name="watch_key_pkey"),
    )
    op.create_table(
        "benefit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(length=500), server_default=sa.text("''"), nullable=False),
        sa.Column("good_from", sa.Date(), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "btrim(title) <> '' AND btrim(partner) <> ''", name=op.f("benefit_titled_check")
        ),
        sa.CheckConstraint("good_until >= good_from", name=op.f("benefit_forward_check")),
        sa.CheckConstraint("version >= 1", name=op.f("benefit_versioned_check")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="benefit_office_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="benefit_pkey"),
    )
    op.create_index("benefit_office_id_idx", "benefit", ["office_id"], unique=False)
    op.create_table(
        "watch_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=100), nullable=False),
        sa.Column("meet_at", sa.String(length=140), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column(
            "done_words", sa.String(length=500), server_default=sa.text("''"), nullable=False
        ),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "btrim(what) <> '' AND btrim(meet_at) <> ''", name=op.f("watch_activity_told_check")
        ),
        sa.CheckConstraint(
            "(done_at IS NULL) = (came IS NULL) AND came >= 0",
            name=op.f("watch_activity_done_check"),
        ),
        sa.CheckConstraint(
            "done_at IS NULL OR called_off_at IS NULL", name=op.f("watch_activity_one_end_check")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("watch_activity_forward_check")),
        sa.CheckConstraint("seats >= 1", name=op.f("watch_activity_seated_check")),
        sa.CheckConstraint("version >= 1", name=op.f("watch_activity_versioned_check")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="watch_activity_office_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="watch_activity_pkey"),
    )
    op.create_index(
        "watch_activity_office_id_idx", "watch_activity", ["office_id", "starts_at"], unique=False
    )
    op.create_table(
        "watch_terms",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("at_once", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("enough", sa.Integer(), server_default=sa.text("10"), nullable=False),
        sa.Column("plan_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("enough BETWEEN 1 AND 1000", name=op.f("watch_terms_enough_check")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name="watch_terms_office_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("office_id", name="watch_terms_pkey"),
    )
    op.create_table(
        "watcher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("renewal_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'confirmed') = (valid_until IS NOT NULL)", name=op.f("watcher_valid_check")
        ),
        sa.CheckConstraint(
            "(state IN ('declined', 'ended')) = (btrim(reason) <> '')",
            name=op.f("watcher_explained_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('waiting', 'confirmed')) = (phone IS NOT NULL)",
            name=op.f("watcher_reachable_check"),
        ),
        sa.CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name=op.f("watcher_callable_check")),
        sa.CheckConstraint(
            "state IN ('waiting', 'confirmed', 'declined', 'ended')",
            name=op.f("watcher_state_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(name)) BETWEEN 1 AND 30", name=op.f("watcher_named_check")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name="watcher_decided_by_id_fkey", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="watcher_office_id_fkey"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="watcher_person_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="watcher_pkey"),
        sa.UniqueConstraint("person_id", name="watcher_once_key"),
    )
    op.create_index("watcher_office_id_idx", "watcher", ["office_id", "state"], unique=False)
    op.create_index(
        "watcher_valid_until_idx",
        "watcher",
        ["valid_until"],
        unique=False,
        postgresql_where=sa.text("state = 'confirmed'"),
    )
    op.create_table(
        "watcher_draft",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "said",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("jsonb_typeof(said) = 'object'", name=op.f("watcher_draft_said_check")),
        sa.CheckConstraint("length(said::text) <= 5000", name=op.f("watcher_draft_short_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="watcher_draft_person_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="watcher_draft_pkey"),
    )
    op.create_index("watcher_draft_saved_at_idx", "watcher_draft", ["saved_at"], unique=False)
    op.create_table(
        "benefit_count",
        sa.Column("benefit_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("benefit_count_monthly_check")),
        sa.CheckConstraint("uses >= 1", name=op.f("benefit_count_used_check")),
        sa.ForeignKeyConstraint(
            ["benefit_id"], ["benefit.id"], name="benefit_count_benefit_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("benefit_id", "month", name="benefit_count_pkey"),
    )
    op.create_table(
        "watch_activity_part",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("watcher_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["watch_activity.id"],
            name="watch_activity_part_activity_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["watcher_id"],
            ["watcher.id"],
            name="watch_activity_part_watcher_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "watcher_id", name="watch_activity_part_pkey"),
    )
    op.create_index(
        "watch_activity_part_watcher_id_idx", "watch_activity_part", ["watcher_id"], unique=False
    )
    op.create_table(
        "watch_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("watcher_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('phone', 'paper')", name=op.f("watch_card_kind_check")),
        sa.ForeignKeyConstraint(
            ["watcher_id"], ["watcher.id"], name="watch_card_watcher_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="watch_card_pkey"),
        sa.UniqueConstraint("watcher_id", "kind", name="watch_card_once_key"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(TABLES)} TO geo_app")


def downgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.drop_table(table)
