"""Convene, move and cancel: for who proposed a meeting, and for the dong's office."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.meetings.access.meetings import MyChangedMeeting, MyMeeting, OurChangedMeeting
from geo_service.meetings.models import Meeting, Time
from geo_service.meetings.queries.meetings import our_meetings
from geo_service.meetings.routes.reading import told
from geo_service.meetings.schemas.answers import (
    CancelIn,
    ConveningIn,
    HelpIn,
    MeetingOut,
    MoveIn,
    RoomOut,
)
from geo_service.meetings.schemas.forms import lasting
from geo_service.meetings.workflow.changing import answer, cancel, move
from geo_service.meetings.workflow.convening import convene
from geo_service.meetings.workflow.problems import NotOneOfItsTimes
from geo_service.meetings.workflow.rooms import free_rooms
from geo_service.offices.access import ActingDesk, Desk
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1", tags=["meetings"], route_class=OnceRoute)


@router.get("/meetings/{meeting_id}/rooms")
def rooms(
    meeting: MyMeeting, time_id: UUID, person: SignedIn, session: ReadSession
) -> list[RoomOut]:
    """Rooms near one's own meeting that are free at one of its times. Order: nearest first."""
    time = session.get(Time, time_id)
    if time is None or time.meeting_id != meeting.id:
        raise NotOneOfItsTimes
    minutes = int((time.ends_at - time.begins_at).total_seconds()) // 60
    found = free_rooms(session, meeting, time.during, person, at=now())
    return [RoomOut.of(room, minutes) for room in found]


@router.post("/meetings/{meeting_id}/convening", status_code=201)
def convene_mine(
    meeting: MyChangedMeeting, wish: ConveningIn, person: Acting, session: DbSession, _once: Once
) -> MeetingOut:
    """Hold what enough neighbours support, and book the room in the same step."""
    return _convened(session, meeting, wish, person, for_office=False)


@router.post("/meetings/{meeting_id}/move")
def move_mine(
    meeting: MyChangedMeeting, wish: MoveIn, person: Acting, session: DbSession, _once: Once
) -> MeetingOut:
    """Another time or place; everybody is told."""
    return _moved(session, meeting, wish, person, at=now())


@router.post("/meetings/{meeting_id}/cancellation")
def cancel_mine(
    meeting: MyChangedMeeting, wish: CancelIn, me: Acting, session: DbSession, _once: Once
) -> MeetingOut:
    """It does not take place; everybody is told."""
    return told(session, cancel(session, meeting, why=wish.why, by_id=me.id, at=now()))


@router.get("/office/meetings")
def meetings_here(desk: Desk, session: ReadSession) -> list[MeetingOut]:
    """Every meeting to come in the dongs of one's offices. Order: who waits for an answer first."""
    found = session.execute(our_meetings(desk.offices, since=now())).all()
    return [told(session, meeting) for meeting, _ in found]


@router.put("/office/meetings/{meeting_id}/help")
def help_them(
    meeting: OurChangedMeeting, wish: HelpIn, _desk: ActingDesk, session: DbSession
) -> MeetingOut:
    """Whether an officer comes and helps."""
    return told(session, answer(session, meeting, wish.help, wish.words, at=now()))


@router.post("/office/meetings/{meeting_id}/convening", status_code=201)
def convene_ours(
    meeting: OurChangedMeeting, wish: ConveningIn, desk: ActingDesk, session: DbSession, _once: Once
) -> MeetingOut:
    """Hold a proposal of one's dong, however many support it."""
    return _convened(session, meeting, wish, desk.person, for_office=True)


@router.post("/office/meetings/{meeting_id}/move")
def move_ours(
    meeting: OurChangedMeeting, wish: MoveIn, desk: ActingDesk, session: DbSession, _once: Once
) -> MeetingOut:
    """Another time or place; everybody is told."""
    return _moved(session, meeting, wish, desk.person, at=now())


@router.post("/office/meetings/{meeting_id}/cancellation")
def cancel_ours(
    meeting: OurChangedMeeting, wish: CancelIn, desk: ActingDesk, session: DbSession, _once: Once
) -> MeetingOut:
    """It does not take place; everybody is told."""
    return told(session, cancel(session, meeting, why=wish.why, by_id=desk.person.id, at=now()))


def _convened(
    session: Session, meeting: Meeting, wish: ConveningIn, by: Person, *, for_office: bool
) -> MeetingOut:
    meeting = convene(
        session,
        meeting,
        wish.time_id,
        room_id=wish.room_id,
        by=by,
        for_office=for_office,
        at=now(),
    )
    return told(session, meeting)


def _moved(
    session: Session, meeting: Meeting, wish: MoveIn, by: Person, *, at: datetime
) -> MeetingOut:
    meeting = move(
        session,
        meeting,
        lasting(wish.begins_at, wish.minutes),
        room_id=wish.room_id,
        venue_words=wish.venue_words,
        why=wish.why,
        by=by,
        at=at,
    )
    return told(session, meeting)
