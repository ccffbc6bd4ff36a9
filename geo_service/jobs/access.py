"""The job that a door is about."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from geo_service.clock import now
from geo_service.errors import NotFound
from geo_service.jobs.models import Job
from geo_service.jobs.queries import held, the_job, the_office_job
from geo_service.offices.access import ActingDesk, Desk
from geo_service.web.session import DbSession, ReadSession


class NoSuchJob(NotFound):
    """There is no such job."""

    korean = "그런 일자리가 없어요."


def _the_job(job_id: UUID, session: ReadSession) -> Job:
    job = session.scalar(the_job(job_id), {"at": now()})
    if job is None:
        raise NoSuchJob
    return job


TheJob = Annotated[Job, Depends(_the_job)]
"""One that everybody may read. Raises: NoSuchJob."""


def _office_job(job_id: UUID, desk: Desk, session: ReadSession) -> Job:
    job = session.scalar(the_office_job(desk.offices, job_id))
    if job is None:
        raise NoSuchJob
    return job


OfficeJob = Annotated[Job, Depends(_office_job)]
"""One of one's own office, to look at. Raises: NoSuchJob."""


def _held_job(job_id: UUID, desk: ActingDesk, session: DbSession) -> Job:
    session.execute(held(job_id))
    job = session.scalar(the_office_job(desk.offices, job_id))
    if job is None:
        raise NoSuchJob
    return job


HeldJob = Annotated[Job, Depends(_held_job)]
"""One of one's own office, to change; nobody else changes it meanwhile. Raises: NoSuchJob."""
