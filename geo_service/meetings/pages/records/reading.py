"""The whole record of a meeting, for everybody."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Visitor
from geo_service.clock import now
from geo_service.meetings.access.meetings import TheMeeting
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/meetings/{meeting_id:uuid}/record")
def record_page(
    request: Request, meeting: TheMeeting, session: ReadSession, visitor: Visitor
) -> HTMLResponse:
    """Agenda, minutes with what they said before, decisions, tasks, the look back."""
    return page(
        request,
        "meetings/records/record.html",
        record=record_of(session, meeting, at=now()),
        me=visitor.id if visitor else None,
    )
