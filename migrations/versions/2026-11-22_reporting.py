"""Photos of drafts, and reporters who leave."""

import sqlalchemy as sa
from alembic import op

from geo_service.confidential.sealing import SealedType

revision = "reporting"
down_revision = "reports"

_FORGET = """
CREATE FUNCTION reports.forget_reporter(reporter bytea) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        UPDATE reports.report
        SET contact_sealed = NULL, reporter_hash = NULL, answer_by = 'none'
        WHERE reporter_hash = reporter AND reports.standing() = 'clockwork' RETURNING id
    ) SELECT count(*) FROM gone
$$;
COMMENT ON FUNCTION reports.forget_reporter IS
    'Who leaves is not known as a reporter any more; what they told stays, for whom it is about.';
REVOKE ALL ON FUNCTION reports.forget_reporter FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports.forget_reporter TO geo_reports;
"""


def upgrade() -> None:
    """Make both."""
    op.add_column("draft", sa.Column("photo_sealed", SealedType(), nullable=True), schema="reports")
    op.execute(_FORGET)


def downgrade() -> None:
    """Drop both."""
    op.execute("DROP FUNCTION reports.forget_reporter")
    op.drop_column("draft", "photo_sealed", schema="reports")
