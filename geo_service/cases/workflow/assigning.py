"""Who looks after a case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.cases.queries.people import caseworkers_of
from geo_service.cases.workflow.moving import enter
from geo_service.cases.workflow.problems import NotACaseworkerHere
from geo_service.confidential.keys import KeyRing
from geo_service.reports.models import CaseFile, Stage


def assign(
    session: Session, ring: KeyRing, case: CaseFile, person_id: UUID, *, at: datetime
) -> None:
    """Put it into the hands of a caseworker of its centre. Raises: NotACaseworkerHere."""
    here = {person.id for person in session.execute(caseworkers_of([case.centre_id]))}
    if person_id not in here:
        raise NotACaseworkerHere("person_id", NotACaseworkerHere.title())
    case.assigned_to = person_id
    case.version += 1
    if case.stage is Stage.NEW:
        enter(session, ring, case, Stage.ASSIGNED, at=at)
