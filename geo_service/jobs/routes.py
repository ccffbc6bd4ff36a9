"""Jobs as JSON, for programs that work for an office: drafts included."""

from types import SimpleNamespace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.jobs.access import HeldJob, OfficeJob
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.queries import jobs_matching
from geo_service.jobs.schemas.answers import JobIn, JobOut, JobsOut, PublicationIn
from geo_service.jobs.schemas.offers import Offer, offer_of
from geo_service.jobs.workflow import (
    close,
    copy,
    edit,
    mark_done,
    post,
    publish,
    remove,
    reopen,
    restore,
    take_up_again,
    unpublish,
)
from geo_service.offices.access import ActingDesk, Desk, the_office
from geo_service.web.idempotency import OnceRoute
from geo_service.web.params import Words
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"], route_class=OnceRoute)


class JobsQuery(BaseModel):
    """Which jobs of one's offices."""

    state: JobState | None = None
    q: Words = ""
    skip: Annotated[int, Field(ge=0, le=100_000)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.get("")
def our_jobs(query: Annotated[JobsQuery, Query()], desk: Desk, session: ReadSession) -> JobsOut:
    """The jobs of one's offices, what was last worked on first."""
    found = jobs_matching(desk.offices, state=query.state, words=query.q)
    rows = session.scalars(found.offset(query.skip).limit(query.limit + 1))
    jobs = [JobOut.of(job) for job in rows]
    return JobsOut(jobs=jobs[: query.limit], more=len(jobs) > query.limit)


@router.post("", status_code=201)
def post_job(
    told: JobIn, desk: ActingDesk, session: DbSession, response: Response, _once: Once
) -> JobOut:
    """Keep a new job as a draft; `PUT …/publication` lets it be found."""
    office = the_office(session, desk, told.office_id)
    job = post(session, told, office=office, by=desk.person.id, at=now())
    return _answer(response, job, created=True)


@router.get("/{job_id}")
def read_job(job: OfficeJob, response: Response) -> JobOut:
    """One job, and which version of it this is (`ETag`)."""
    return _answer(response, job)


@router.patch("/{job_id}")
def edit_job(
    told: dict[str, Any],
    job: HeldJob,
    session: DbSession,
    response: Response,
    edition: IfMatch,
) -> JobOut:
    """Say something else; what is left out stays."""
    offer = _changed(job, told)
    edition.expect(SimpleNamespace(**JobOut.of(job).model_dump()), offer)
    edit(session, job, offer, at=now())
    return _answer(response, job)


@router.delete("/{job_id}", status_code=204)
def remove_job(job: HeldJob, session: DbSession) -> None:
    """Throw a draft away; for 30 seconds it can be had back."""
    remove(session, job, at=now())


@router.delete("/{job_id}/removal")
def restore_job(job: HeldJob, session: DbSession, response: Response) -> JobOut:
    """Have a removed draft back."""
    restore(session, job, at=now())
    return _answer(response, job)


@router.post("/{job_id}/copies", status_code=201)
def copy_job(
    job: HeldJob, desk: ActingDesk, session: DbSession, response: Response, _once: Once
) -> JobOut:
    """Make a draft that says the same, but for its days."""
    return _answer(response, copy(session, job, by=desk.person.id), created=True)


@router.put("/{job_id}/publication")
def publish_job(
    told: PublicationIn, job: HeldJob, session: DbSession, response: Response
) -> JobOut:
    """Let everybody find it, now or from a moment on."""
    publish(session, job, at=now(), on=told.on)
    return _answer(response, job)


@router.delete("/{job_id}/publication")
def unpublish_job(job: HeldJob, session: DbSession, response: Response) -> JobOut:
    """Make it a draft again: before its time, or within 30 seconds."""
    unpublish(session, job, at=now())
    return _answer(response, job)


@router.put("/{job_id}/closing")
def close_job(job: HeldJob, session: DbSession, response: Response) -> JobOut:
    """Take no more applications."""
    close(session, job, at=now())
    return _answer(response, job)


@router.delete("/{job_id}/closing")
def reopen_job(job: HeldJob, session: DbSession, response: Response) -> JobOut:
    """Take applications again."""
    reopen(session, job, at=now())
    return _answer(response, job)


@router.put("/{job_id}/completion")
def mark_job_done(job: HeldJob, session: DbSession, response: Response) -> JobOut:
    """Say that all is settled."""
    mark_done(session, job, at=now())
    return _answer(response, job)


@router.delete("/{job_id}/completion")
def take_job_up_again(job: HeldJob, session: DbSession, response: Response) -> JobOut:
    """Take that back, within 30 seconds."""
    take_up_again(session, job, at=now())
    return _answer(response, job)


def _changed(job: Job, told: dict[str, Any]) -> Offer:
    """What the office has said so far, with these changes."""
    try:
        return Offer.model_validate(dict(offer_of(job)) | told)
    except ValidationError as error:
        faults = [
            {**fault, "loc": ("body", *fault["loc"])}
            for fault in error.errors(include_url=False, include_input=False)
        ]
        raise RequestValidationError(faults) from error


def _answer(response: Response, job: Job, *, created: bool = False) -> JobOut:
    tag(response, job.version)
    if created:
        response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return JobOut.of(job)
