"""What all these pages share."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from geo_service.clock import KOREA, now
from geo_service.web.idempotency import OnceRoute


def pages() -> APIRouter:
    """A router of pages, on which what is sent twice is done once."""
    return APIRouter(
        default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
    )


def today() -> date:
    """The present day in Korea."""
    return now().astimezone(KOREA).date()


def secretly(answer: HTMLResponse) -> HTMLResponse:
    """What is shown is kept by no cache, and its address is told to no other page."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
