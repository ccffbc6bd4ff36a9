"""People who are free, and calls that ring."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.hours.week import ALL_WEEK
from geo_service.jobs.models import Job
from geo_service.urgent.models import Asked, Call
from geo_service.urgent.workflow.answering import be_free
from geo_service.urgent.workflow.calling import open_call
from tests.factories import HOME, a_job, walk
from tests.people import a_person, on_staff

DOOR = "https://example.org/my/calls"


def free_at(session: Session, metres: float, **said: Any) -> Person:
    """Somebody who is always free, and lives so far from the place, give or take 80 m."""
    usual = {"home": walk(metres, 45).rounded(3), "phone": "+821012345678"}
    person = a_person(session, **usual | said)
    be_free(session, person, ALL_WEEK)
    session.commit()
    return person


def a_call(session: Session, at: datetime, *, hours: float = 4, **said: Any) -> Call:
    """Somebody is needed at HOME in a few hours."""
    job: Job = a_job(session, **{"place": HOME, "published_at": at - timedelta(days=1)} | said)
    officer = on_staff(session, job.office_id)
    needed_at = at + timedelta(hours=hours)
    call = open_call(session, job, needed_at=needed_at, door=DOOR, by_id=officer.id, at=at)
    session.commit()
    return call


def asked_by(session: Session, call: Call, person_id: UUID) -> Asked | None:
    """That they were asked, if they were."""
    session.expire_all()
    return session.get(Asked, (call.job_id, person_id))
