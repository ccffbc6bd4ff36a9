"""Thousands of rows do not pay for plans that were made while the tables were nearly empty."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.facilities.imports import import_file
from tests.facility_rows import numbered, room, upload

_READ_WHOLE = text("""
    SELECT sum(seq_tup_read) FROM pg_stat_xact_user_tables
    WHERE relname IN ('listing', 'space', 'facility', 'office', 'import_batch')
""")


def test_foreign_keys_and_triggers_find_single_rows_by_an_index(session: Session) -> None:
    import_file(session, upload(room()))
    before = session.execute(_READ_WHOLE).scalar_one()
    assert import_file(session, upload(*numbered(300))).counts["added"] == 300
    assert session.execute(_READ_WHOLE).scalar_one() - before < 300
