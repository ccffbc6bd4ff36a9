"""The tables of imports refuse nonsense, each constraint what it is for."""

import psycopg
import pytest
from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service import tables
from geo_service.clock import now
from geo_service.facilities.imports import import_file
from geo_service.facilities.imports.incoming import receive
from tests.facility_rows import numbered, upload

REFUSED = {
    "import_batch_counted_check": "UPDATE import_batch SET vanished = -1",
    "import_batch_counts_object_check": "UPDATE import_batch SET counts = '[]'",
    "import_batch_undone_after_imported_check": (
        "UPDATE import_batch SET undone_at = imported_at - interval '1 second'"
    ),
    "import_row_outcome_check": (
        "INSERT INTO import_row (batch_id, line, outcome, name, key, reasons)"
        " SELECT id, 99, 'lost', '', '', '[]' FROM import_batch"
    ),
    "facility_counted_from_one_check": "UPDATE facility SET ordinal = 0",
    "facility_original_object_check": "UPDATE facility SET original = '[]'",
    "facility_file_counted_check": "UPDATE facility_file SET done = -1",
    "facility_file_begun_first_check": (
        "UPDATE facility_file SET finished_at = sent_at, content = NULL"
    ),
    "facility_file_kept_until_finished_check": "UPDATE facility_file SET content = NULL",
    "facility_file_ended_once_check": "UPDATE facility_file SET refusal = '?'",
    "facility_change_change_check": "UPDATE facility_change SET change = 'moved'",
    "facility_change_before_object_check": "UPDATE facility_change SET before = '[]'",
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_nonsense_is_refused(session: Session, constraint: str) -> None:
    import_file(session, upload(*numbered(1)))
    import_file(session, upload(*numbered(1, 사용료="1000")))
    receive(session, upload(*numbered(1)), at=now())
    with pytest.raises(IntegrityError) as error:
        session.execute(text(REFUSED[constraint]))
    assert isinstance(error.value.orig, psycopg.Error)
    assert error.value.orig.diag.constraint_name == constraint


def test_every_constraint_of_these_tables_has_its_test() -> None:
    named = {
        str(constraint.name)
        for table in tables.complete().tables.values()
        if table.name.startswith(("import_", "facility"))
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert named == REFUSED.keys()
