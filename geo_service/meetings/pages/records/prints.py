"""On paper, A4: a poster for the wall, the agenda for the table, lines to sign on."""

from enum import StrEnum

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.meetings.access.meetings import TheMeeting
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.i18n import language_of
from geo_service.web.qr import qr_picture
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

LINES = 14
"""Of names on one sheet."""


class Sheet(StrEnum):
    """What is printed."""

    POSTER = "poster"
    AGENDA = "agenda"
    SIGN_IN = "sign-in"


@router.get("/meetings/{meeting_id:uuid}/print/{sheet}")
def sheet_page(
    request: Request, meeting: TheMeeting, sheet: Sheet, session: ReadSession
) -> HTMLResponse:
    """One sheet; nothing on it is anybody's but the meeting's."""
    way = f"{language_of(request).prefix}/meetings/{meeting.id}"
    address = f"{str(request.base_url).rstrip('/')}{way}"
    return page(
        request,
        f"meetings/records/print_{sheet.name.lower()}.html",
        meeting=meeting,
        record=record_of(session, meeting, at=now()),
        lines=range(1, LINES + 1),
        address=address,
        picture=qr_picture(address, is_fluid=True),
    )
