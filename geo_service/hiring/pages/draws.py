"""Lotteries, for anybody who wants to draw again."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.hiring.models.draw import lot
from geo_service.hiring.queries import draws_of
from geo_service.jobs.access import TheJob
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/jobs/{job_id:uuid}/draw")
def draw_page(request: Request, job: TheJob, session: ReadSession) -> Response:
    """The seed, the numbers, the result, and how to check it."""
    draws = session.scalars(draws_of(job.id)).all()
    return page(request, "hiring/draw.html", job=job, draws=draws, lot=lot)
