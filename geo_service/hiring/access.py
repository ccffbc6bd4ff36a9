"""The application that a door is about, and whoever writes one."""

from typing import Annotated
from uuid import UUID

from fastapi import BackgroundTasks, Depends, Request
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn
from geo_service.accounts.access.caller import known_acting
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.errors import NotFound, NotSignedIn
from geo_service.hiring.models import Application
from geo_service.hiring.queries import my_application, the_office_application
from geo_service.jobs.access import NoSuchJob
from geo_service.jobs.models import Job
from geo_service.jobs.queries import the_job
from geo_service.offices.access import ActingDesk, Desk
from geo_service.web.csrf import proven
from geo_service.web.session import DbSession, ReadSession


class NoSuchApplication(NotFound):
    """There is no such application."""

    korean = "그런 신청이 없어요."


def _asked_job(job_id: UUID, session: DbSession) -> Job:
    job = session.scalar(the_job(job_id), {"at": now()})
    if job is None:
        raise NoSuchJob
    return job


AskedJob = Annotated[Job, Depends(_asked_job)]
"""One that everybody may read, to apply for. Raises: NoSuchJob."""


def _writer(
    request: Request,
    session: DbSession,
    _proof: Annotated[None, Depends(proven)],
    after: BackgroundTasks,
) -> Person | None:
    try:
        return known_acting(request, session, None, after).person
    except NotSignedIn:
        return None


Writer = Annotated[Person | None, Depends(_writer)]
"""Somebody who goes on writing; None where the session has ended meanwhile."""


def _step_job(job_id: UUID, session: DbSession, writer: Writer) -> Job:
    job = session.scalar(the_job(job_id), {"at": now()})
    if job is None:
        raise NotSignedIn if writer is None else NoSuchJob
    return job


StepJob = Annotated[Job, Depends(_step_job)]
"""The same, for whoever may have been signed out meanwhile. Raises: NoSuchJob, NotSignedIn."""


def _mine(session: Session, person: Person, application_id: UUID) -> Application:
    application = session.scalar(my_application(person.id, application_id))
    if application is None:
        raise NoSuchApplication
    return application


def _my_application(application_id: UUID, person: SignedIn, session: ReadSession) -> Application:
    return _mine(session, person, application_id)


def _my_changing_application(
    application_id: UUID, person: Acting, session: DbSession
) -> Application:
    return _mine(session, person, application_id)


MyApplication = Annotated[Application, Depends(_my_application)]
"""One's own, or one that one wrote for a relative. Raises: NoSuchApplication."""

MyChangingApplication = Annotated[Application, Depends(_my_changing_application)]
"""The same, to change. Raises: NoSuchApplication."""


def _of_office(session: Session, offices: frozenset[UUID], application_id: UUID) -> Application:
    application = session.scalar(the_office_application(offices, application_id))
    if application is None:
        raise NoSuchApplication
    return application


def _office_application(application_id: UUID, desk: Desk, session: ReadSession) -> Application:
    return _of_office(session, desk.offices, application_id)


def _deciding_application(
    application_id: UUID, desk: ActingDesk, session: DbSession
) -> Application:
    return _of_office(session, desk.offices, application_id)


OfficeApplication = Annotated[Application, Depends(_office_application)]
"""One for a job of one's office. Raises: NoSuchApplication."""

DecidingApplication = Annotated[Application, Depends(_deciding_application)]
"""The same, to decide. Raises: NoSuchApplication."""
