"""One job on the screen."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.jobs.access import TheJob
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.schemas.searching import posting
from geo_service.listings.queries.surroundings import surroundings
from geo_service.web.render import json_in_html, page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


def _has_line(job: Job, at: datetime) -> bool:
    """Whether one can still wait for a seat that somebody gives back."""
    ends_at = job.open_during.upper
    return job.state is JobState.FILLED and (ends_at is None or at < ends_at)


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
        has_line=_has_line(job, at),
        posting=json_in_html(posting(job, url=url)),
    )
