"""Signing out of other browsers, or of all."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import ChangingBrowser
from geo_service.accounts.workflow.browsers import close_all, close_one
from geo_service.web.cookies import forget_session
from geo_service.web.notes import leave
from geo_service.web.onward import led
from geo_service.web.session import DbSession

router = APIRouter(
    prefix="/my/account/browsers", default_response_class=HTMLResponse, include_in_schema=False
)


@router.post("/{browser_id}/close")
def close(
    request: Request, browser_id: UUID, browser: ChangingBrowser, session: DbSession
) -> Response:
    """Out of one of them."""
    close_one(session, browser.person, browser_id)
    return led(request, "/my/account", "accounts.browser_closed")


@router.post("/close")
def close_every(request: Request, browser: ChangingBrowser, session: DbSession) -> Response:
    """Out of all of them, this one included."""
    close_all(session, browser.person)
    answer = led(request, "/login")
    forget_session(request, answer)
    leave(answer, "accounts.all_closed")
    return answer
