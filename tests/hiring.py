"""Applications of the tests."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hiring.workflow.applying import apply
from geo_service.jobs.models import Job
from tests.jobs import AT, a_posting
from tests.people import a_person

PHONE = "+821012345678"

SOON = AT + timedelta(hours=1)
"""When the first of these people apply."""


def an_application(
    session: Session, job: Job, person: Person | None = None, *, at: datetime = SOON, **said: Any
) -> Application:
    """Somebody's wish to work for this job."""
    usual = {"phone": PHONE, "answers": ["네"] * len(job.questions)}
    application = apply(session, job, person or a_person(session), at=at, **usual | said)
    session.commit()
    return application


def applications(session: Session, job: Job, how_many: int) -> list[Application]:
    """So many people, one minute after another."""
    return [
        an_application(session, job, at=SOON + timedelta(minutes=minute))
        for minute in range(how_many)
    ]


def a_job_of(session: Session, seats: int = 1, **said: Any) -> Job:
    """Work on three mornings a week in December; one can apply until the day before."""
    return a_posting(session, **{"seats": seats, "apply_until": AT + timedelta(days=4)} | said)


def states(session: Session, job: Job) -> list[ApplicationState]:
    """What became of those who applied, in the order of applying."""
    session.expire_all()
    found = select(Application.state).where(Application.job_id == job.id)
    return list(session.scalars(found.order_by(Application.number)))
