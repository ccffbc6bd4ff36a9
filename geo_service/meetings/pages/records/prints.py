"""On paper, A4: a poster for the wall, the agenda for the table, lines to sign on."""

from enum import StrEnum

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from geo_service.clock import now
from geo_service.meetings.access.meetings import TheMeeting
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.i18n import language_of
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


def _picture(address: str) -> Markup:
    """A QR code as SVG; its colours stand in attributes, since styles in pages are forbidden."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=6, border=4, light="#fff", dark="#000", omitsize=True)
    return Markup(drawn)  # noqa: S704 (drawn here, from numbers)


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
        picture=_picture(address),
    )
