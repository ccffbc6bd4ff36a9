"""A resident's own meetings: where they go, what they propose, and what becomes of it."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.clock import now
from geo_service.meetings.access.meetings import CalledGuest, MyChangedMeeting, MyMeeting
from geo_service.meetings.pages.organising import (
    Organiser,
    cancel_it,
    cancel_page,
    convene_it,
    convene_page,
    move_it,
    move_looked,
    move_page,
    organised,
)
from geo_service.meetings.queries.duties import ballots_for, minutes_for, tasks_for
from geo_service.meetings.queries.meetings import my_proposals, my_seats, my_supported
from geo_service.meetings.workflow.joining import called
from geo_service.meetings.workflow.names import names_of
from geo_service.spaces.queries.opening import korean_day
from geo_service.web.forms import Sent
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/my/meetings",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


@router.get("")
def mine_page(request: Request, me: SignedIn, session: ReadSession) -> Response:
    """What waits for me, where I go, what I propose, what I support."""
    at = now()
    return page(
        request,
        "meetings/mine.html",
        seats=session.scalars(my_seats(me.id, since=at)).all(),
        proposals=session.execute(my_proposals(me.id)).all(),
        supported=session.execute(my_supported(me.id)).all(),
        ballots=[
            (one, title, names_of(session, one.meeting_id).veil(one.question))
            for one, title in session.execute(ballots_for(me.id, at=at)).all()
        ],
        minutes=session.execute(minutes_for(me.id, at=at)).all(),
        tasks=[
            (one, title, names_of(session, one.meeting_id).veil(one.words))
            for one, title in session.execute(tasks_for(me.id)).all()
        ],
        today=korean_day(at),
    )


@router.get("/{meeting_id:uuid}")
def one_page(request: Request, meeting: MyMeeting, me: SignedIn, session: ReadSession) -> Response:
    """How one of mine stands, and what I can do with it."""
    return page(
        request,
        "meetings/one.html",
        who=Organiser(me),
        **organised(session, meeting, at=now()),
    )


@router.get("/{meeting_id:uuid}/convene")
def convening(
    request: Request,
    meeting: MyMeeting,
    me: SignedIn,
    session: ReadSession,
    time: UUID | None = None,
) -> Response:
    """Choose its time, and a room."""
    return convene_page(request, session, meeting, Organiser(me), time)


@router.post("/{meeting_id:uuid}/convene")
def convene(
    request: Request,
    meeting: MyChangedMeeting,
    sent: Sent,
    me: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """It takes place."""
    return convene_it(request, session, meeting, Organiser(me), sent)


@router.get("/{meeting_id:uuid}/move")
def moving(request: Request, meeting: MyMeeting, me: SignedIn, session: ReadSession) -> Response:
    """Choose another time."""
    return move_page(request, session, meeting, Organiser(me))


@router.post("/{meeting_id:uuid}/move/rooms")
def look_for_rooms(
    request: Request, meeting: MyChangedMeeting, sent: Sent, me: Acting, session: DbSession
) -> Response:
    """Which rooms are free then."""
    return move_looked(request, session, meeting, Organiser(me), sent)


@router.post("/{meeting_id:uuid}/move")
def move(
    request: Request,
    meeting: MyChangedMeeting,
    sent: Sent,
    me: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """It takes place at another time."""
    return move_it(request, session, meeting, Organiser(me), sent)


@router.get("/{meeting_id:uuid}/cancel")
def cancelling(request: Request, meeting: MyMeeting, me: SignedIn) -> Response:
    """Before one cancels."""
    return cancel_page(request, meeting, Organiser(me))


@router.post("/{meeting_id:uuid}/cancel")
def cancel(
    request: Request,
    meeting: MyChangedMeeting,
    sent: Sent,
    me: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """It does not take place."""
    return cancel_it(request, session, meeting, Organiser(me), sent)


@router.post("/{meeting_id:uuid}/called/{attendee_id:uuid}")
def called_page(
    request: Request,
    meeting: MyChangedMeeting,
    one: CalledGuest,
    session: DbSession,
    _once: Once,
) -> Response:
    """I have called them."""
    called(session, one)
    return led(request, f"/my/meetings/{meeting.id}", "meetings.called")
