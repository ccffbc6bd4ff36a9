"""Files of jobs: what must always hold of them and of their rows."""

import pytest
from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.jobs.models import JobBatch, JobRow
from tests.factories import an_office
from tests.jobs import a_batch
from tests.people import a_person

NONSENSE = {
    "job_batch_finished_later_check": (
        "UPDATE job_batch SET begun_at = now(), finished_at = now() - interval '1 day'"
    ),
    "job_batch_begun_first_check": "UPDATE job_batch SET finished_at = now()",
    "job_batch_undone_last_check": "UPDATE job_batch SET undone_at = now()",
    "job_row_outcome_check": "UPDATE job_row SET outcome = 'odd'",
    "job_row_celled_check": "UPDATE job_row SET cells = '[]'",
    "job_row_remembers_changes_check": "UPDATE job_row SET before = '{}'",
    "job_row_counted_from_one_check": "UPDATE job_row SET line = 0",
}


@pytest.mark.parametrize("constraint", NONSENSE)
def test_nonsense_is_refused(session: Session, constraint: str) -> None:
    a_batch(session, office_id=an_office(session).id, by_id=a_person(session).id)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(NONSENSE[constraint]))


def test_every_constraint_has_its_test() -> None:
    named = {
        str(constraint.name)
        for table in (JobBatch.__table__, JobRow.__table__)
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert named == set(NONSENSE)
