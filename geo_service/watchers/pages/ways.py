"""What all these pages share."""

from datetime import date

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

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


def picture(request: Request, letters: str) -> Markup:
    """The QR that leads to the page which reads a card, in Korean: it is for who is shown it.

    Its colours stand in attributes, since styles in pages are forbidden.
    """
    drawn = segno.make(f"{request.base_url}card/{letters}", error="m", micro=False)
    return Markup(  # noqa: S704 (drawn here, from numbers)
        drawn.svg_inline(scale=5, border=4, light="#fff", dark="#000", omitsize=True)
    )
