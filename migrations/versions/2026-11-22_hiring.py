"""Applications, the draws that order them, and what is not sent yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "hiring"
down_revision = "shifts"

CHECKS = {
    "state": "state IN ('sent', 'waiting', 'offered', 'hired', 'declined', 'withdrawn')",
    "way": "way IN ('self', 'family', 'counter')",
    "consent": "consent IN ('beside', 'phone', 'paper')",
    "consented": ("(way = 'self') = (consent IS NULL) AND (way = 'self') = (consented_at IS NULL)"),
    "reason": (
        "reason IN ('turn', 'office', 'hours', 'budget', 'elsewhere', 'expired', 'closed', 'own')"
    ),
    "explained": "state <> 'declined' OR reason IS NOT NULL",
    "in_words": "reason <> 'office' OR btrim(reason_words) <> ''",
    "offered": "(state = 'offered') = (offered_until IS NOT NULL)",
    "ranked": "state <> 'waiting' OR rank IS NOT NULL",
    "counted": "number >= 1 AND rank >= 1 AND minutes_before >= 0",
    "callable": "phone ~ '^\\+[0-9]{7,15}$'",
    "answered": (
        "CASE jsonb_typeof(answers) WHEN 'array' THEN"
        " jsonb_array_length(answers) <= 5 AND length(answers::text) <= 12000"
        ' AND NOT jsonb_path_exists(answers, \'$[*] ? (@.type() != "object"'
        ' || !exists(@.question ? (@.type() == "string" && @ like_regex "^."))'
        ' || !exists(@.answer ? (@.type() == "string" && @ like_regex "^.")))\')'
        " ELSE false END"
    ),
}

# Who is offered or hired has a seat, and nobody else has. The job's own check refuses one too many.
SEATED = """
CREATE FUNCTION application_seated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('offered', 'hired') THEN
        IF TG_OP = 'UPDATE' AND NEW.state IN ('offered', 'hired') AND NEW.job_id = OLD.job_id THEN
            RETURN NULL;
        END IF;
        UPDATE job SET taken = taken - 1 WHERE id = OLD.job_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state IN ('offered', 'hired') THEN
        UPDATE job SET taken = taken + 1 WHERE id = NEW.job_id;
    END IF;
    RETURN NULL;
END $$
"""


def _person(column: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"{table}_{column}_fkey"
    return sa.ForeignKeyConstraint([column], ["person.id"], name=name, ondelete=ondelete)


def _job(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["job_id"], ["job.id"], name=f"{table}_job_id_fkey", ondelete="CASCADE"
    )


def upgrade() -> None:
    """Make the tables, what counts the seats, and the grants of the service."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20)),
        sa.Column("answers", pg.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("way", sa.String(length=32), server_default=sa.text("'self'"), nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("consent", sa.String(length=32)),
        sa.Column("consented_at", moment),
        sa.Column("applied_at", moment, nullable=False),
        sa.Column("state", sa.String(length=32), server_default=sa.text("'sent'"), nullable=False),
        sa.Column("moved_at", moment, nullable=False),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("rank", sa.Integer()),
        sa.Column("minutes_before", sa.Integer()),
        sa.Column("reason", sa.String(length=32)),
        sa.Column(
            "reason_words", sa.String(length=300), server_default=sa.text("''"), nullable=False
        ),
        sa.Column("offered_until", moment),
        sa.Column("job_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("closing_told_at", moment),
        *(
            sa.CheckConstraint(condition, name=op.f(f"application_{name}_check"))
            for name, condition in CHECKS.items()
        ),
        _job("application"),
        _person("person_id", "application"),
        _person("by_id", "application", "SET NULL"),
        _person("decided_by_id", "application", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="application_pkey"),
        sa.UniqueConstraint("job_id", "person_id", name="application_once_key"),
        sa.UniqueConstraint("job_id", "number", name="application_number_key"),
    )
    op.create_index("application_rank_key", "application", ["job_id", "rank"], unique=True)
    op.create_index("application_person_id_idx", "application", ["person_id"])
    op.create_index("application_by_id_idx", "application", ["by_id"])
    op.create_index(
        "application_open_idx",
        "application",
        ["job_id"],
        postgresql_where=sa.text("state IN ('sent', 'waiting', 'offered')"),
    )
    op.execute(SEATED)
    op.execute(
        "CREATE TRIGGER application_seated AFTER INSERT OR DELETE OR UPDATE OF state, job_id"
        " ON application FOR EACH ROW EXECUTE FUNCTION application_seated()"
    )
    op.create_table(
        "draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("committed_at", moment, nullable=False),
        sa.Column("drawn_at", moment),
        sa.Column("seats", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "numbers", pg.ARRAY(sa.Integer()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("result", pg.ARRAY(sa.Integer()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("seed ~ '^[0-9a-f]{64}$'", name=op.f("draw_seeded_check")),
        sa.CheckConstraint(
            "commitment = encode(sha256(convert_to(seed, 'UTF8')), 'hex')",
            name=op.f("draw_committed_check"),
        ),
        sa.CheckConstraint(
            "(drawn_at IS NULL) = (numbers = '{}') AND cardinality(numbers) = cardinality(result)",
            name=op.f("draw_drawn_check"),
        ),
        _job("draw"),
        sa.PrimaryKeyConstraint("id", name="draw_pkey"),
    )
    op.create_index("draw_job_id_idx", "draw", ["job_id"])
    op.create_index(
        "draw_pending_key",
        "draw",
        ["job_id"],
        unique=True,
        postgresql_where=sa.text("drawn_at IS NULL"),
    )
    op.create_table(
        "application_draft",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("said", pg.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("application_draft_hashed_check")),
        sa.CheckConstraint(
            "jsonb_typeof(said) = 'object'", name=op.f("application_draft_said_check")
        ),
        sa.CheckConstraint(
            "length(said::text) <= 20000", name=op.f("application_draft_short_check")
        ),
        _job("application_draft"),
        _person("person_id", "application_draft", "CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "job_id", name="application_draft_pkey"),
    )
    op.create_index("application_draft_job_id_idx", "application_draft", ["job_id"])
    op.create_index("application_draft_saved_at_idx", "application_draft", ["saved_at"])
    op.create_index(
        "application_draft_token_hash_key", "application_draft", ["token_hash"], unique=True
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON application, draw TO geo_app")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON application_draft TO geo_app")


def downgrade() -> None:
    """Drop them; nobody has a seat any more."""
    for table in ("application_draft", "draw", "application"):
        op.drop_table(table)
    op.execute("DROP FUNCTION application_seated")
    op.execute("UPDATE job SET taken = 0 WHERE taken > 0")
