"""One job on the screen."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.errors import NotFound
from geo_service.jobs.models import Job
from geo_service.jobs.queries import the_job
from geo_service.jobs.schemas import posting
from geo_service.listings.queries.surroundings import surroundings
from geo_service.web.render import json_in_html, page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


class NoSuchJob(NotFound):
    """There is no such job."""


def _the_job(job_id: UUID, session: ReadSession) -> Job:
    job = session.scalar(the_job(job_id), {"at": now()})
    if job is None:
        raise NoSuchJob
    return job


TheJob = Annotated[Job, Depends(_the_job)]


@router.get("/jobs/{job_id:uuid}")
def job_page(request: Request, job: TheJob, session: ReadSession) -> HTMLResponse:
    """What it pays, when and where it is, and how to apply."""
    at = now()
    url = str(request.url.replace(query=""))
    return page(
        request,
        "jobs/job.html",
        **surroundings(session, job, at=at),
        phone=job.apply_phone or job.office.phone,
        urgent=bool(job.urgent_until and job.urgent_until > at),
        deadline=job.open_during.upper,
        posting=json_in_html(posting(job, url=url)),
    )
