"""One job on the screen."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.jobs.access import TheJob
from geo_service.jobs.schemas.searching import posting
from geo_service.listings.queries.surroundings import surroundings
from geo_service.web.render import json_in_html, page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


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
