"""What became of a meeting, four weeks later, on the screen."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import ActingLeader, Hand, Leader
from geo_service.meetings.models import LookBack
from geo_service.meetings.schemas.records.forms import LookBackForm
from geo_service.meetings.workflow.looking_back import is_time, look_back
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

MY, OURS = "/my/meetings/{meeting_id:uuid}", "/office/meetings/{meeting_id:uuid}"


def _back_page(
    request: Request, session: Session, hand: Hand, form: Filled[LookBackForm]
) -> HTMLResponse:
    at = now()
    return page(
        request,
        "meetings/records/look_back.html",
        status=form.status,
        hand=hand,
        record=record_of(session, hand.meeting, at=at),
        is_time=is_time(hand.meeting, at),
        form=form,
    )


@router.get(MY + "/look-back")
@router.get(OURS + "/look-back")
def look_back_page(request: Request, hand: Leader, session: ReadSession) -> HTMLResponse:
    """Ask what became of it."""
    told = session.get(LookBack, hand.meeting.id)
    return _back_page(request, session, hand, blank(LookBackForm, words=told and told.words))


@router.post(MY + "/look-back")
@router.post(OURS + "/look-back")
def write_look_back(
    request: Request, hand: ActingLeader, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Say it."""
    form = filled(LookBackForm, sent)
    if form.value is not None:
        with form.attempt(session):
            words, by_office = form.value.words, hand.by_office
            look_back(session, hand.meeting, words, by_office=by_office, at=now())
            return led(request, f"/meetings/{hand.meeting.id}/record", "meetings.looked_back")
    return _back_page(request, session, hand, form)
