"""Thousands of rows do not pay for plans that were made while the tables were nearly empty."""

from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from geo_service.facilities.imports import import_file
from geo_service.facilities.queries import waiting_files
from geo_service.facilities.workflow import take_turns
from tests.facility_rows import numbered, room, upload
from tests.plans import plan_of

_READ_WHOLE = text("""
    SELECT sum(seq_tup_read) FROM pg_stat_xact_user_tables
    WHERE relname IN ('listing', 'space', 'facility', 'office', 'import_batch')
""")


def test_foreign_keys_and_triggers_find_single_rows_by_an_index(session: Session) -> None:
    import_file(session, upload(room()))
    before = session.execute(_READ_WHOLE).scalar_one()
    assert import_file(session, upload(*numbered(300))).counts["added"] == 300
    assert session.execute(_READ_WHOLE).scalar_one() - before < 300


def test_files_on_their_way_are_found_by_when_they_were_sent(session: Session) -> None:
    assert "facility_file_sent_at_idx" in plan_of(session, waiting_files().limit(20))


def test_a_worker_in_a_hurry_waits_for_its_turn_all_the_same(session: Session) -> None:
    session.execute(text("SET LOCAL lock_timeout = '500ms'"))
    patience = text("SELECT current_setting('lock_timeout')")
    waited = []

    def note(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if "pg_advisory_xact_lock" in statement:
            waited.append(cursor.connection.execute("SHOW lock_timeout").fetchone()[0])

    event.listen(session.connection(), "before_cursor_execute", note)
    take_turns(session)
    assert (waited, session.scalar(patience)) == (["10min"], "500ms")
