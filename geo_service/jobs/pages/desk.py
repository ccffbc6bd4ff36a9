"""An office's jobs: all of them, and each."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from geo_service.clock import now
from geo_service.errors import Problem
from geo_service.jobs.access import OfficeJob
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.queries import jobs_matching, numbers_by_state
from geo_service.jobs.schemas.forms import PublishForm
from geo_service.jobs.schemas.offers import shifts_of
from geo_service.jobs.schemas.shifts import shifts, work_ends_at
from geo_service.jobs.workflow import UNDO_FOR
from geo_service.offices.access import Desk
from geo_service.web.forms import Filled, blank
from geo_service.web.params import Words
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

PAGE_SIZE = 50


class JobsWish(BaseModel):
    """Which jobs of one's offices: exactly the page's address."""

    state: JobState | None = None
    q: Words = ""
    skip: Annotated[int, Field(ge=0, le=100_000)] = 0


@router.get("/office/jobs")
def jobs_page(
    request: Request, wish: Annotated[JobsWish, Query()], desk: Desk, session: ReadSession
) -> HTMLResponse:
    """All jobs of one's offices, what was last worked on first."""
    found = jobs_matching(desk.offices, state=wish.state, words=wish.q)
    jobs = list(session.scalars(found.offset(wish.skip).limit(PAGE_SIZE + 1)))
    numbers = dict(session.execute(numbers_by_state(desk.offices)).all())
    return page(
        request,
        "jobs/desk.html",
        wish=wish,
        jobs=jobs[:PAGE_SIZE],
        more=len(jobs) > PAGE_SIZE,
        page_size=PAGE_SIZE,
        numbers=numbers,
        states=list(JobState),
        at=now(),
        several=len(desk.offices) > 1,
    )


@router.get("/office/jobs/{job_id:uuid}")
def office_job_page(request: Request, job: OfficeJob) -> HTMLResponse:
    """One job: what it says, where it is in its life, and what can be done with it."""
    return job_view(request, job, blank(PublishForm))


def job_view(
    request: Request, job: Job, form: Filled[PublishForm], refused: Problem | None = None
) -> HTMLResponse:
    """The same, after a deed that was refused, with the reason."""
    at = now()
    ends_at = work_ends_at(job)
    return page(
        request,
        "jobs/office_job.html",
        status=form.status if refused is None else HTTPStatus.CONFLICT,
        job=job,
        at=at,
        form=form,
        refused=refused,
        scheduled=job.published_at is not None and job.published_at > at,
        is_over=ends_at is not None and ends_at <= at,
        shifts=list(shifts(job)),
        undo=_undo(job, at),
        undo_s=int(UNDO_FOR.total_seconds()),
        rows=shifts_of(job.open_week),
    )


def _undo(job: Job, at: datetime) -> str:
    """The deed that can still take back what was just done; empty if none can."""
    for moment, deed in (
        (job.removed_at, "restore"),
        (job.done_at, "take-up-again"),
        (None if job.filled else job.closed_at, "reopen"),
        (None if job.taken else job.published_at, "unpublish"),
    ):
        if moment is not None:
            return deed if moment <= at <= moment + UNDO_FOR else ""
    return ""
