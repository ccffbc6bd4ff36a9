"""The meeting or the seat that a door is about: anybody's to read, one's own, one's office's."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path
from sqlalchemy import Select
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn
from geo_service.errors import BadField, NotFound
from geo_service.meetings.models import Attendee, Meeting
from geo_service.meetings.queries.meetings import (
    my_meeting,
    our_meeting,
    people_of,
    the_meeting,
    the_seat,
)
from geo_service.meetings.workflow.joining import hashed
from geo_service.offices.access import ActingDesk, Desk
from geo_service.web.csrf import proven
from geo_service.web.session import DbSession, ReadSession


class NoSuchMeeting(NotFound):
    """There is no such meeting."""

    korean = "그런 모임이 없어요."


class NoSuchSeat(NotFound):
    """No seat has this code. Names and codes are deleted some days after a meeting."""

    korean = "이 번호로 맡은 자리가 없어요. 모임이 끝나고 며칠이 지나면 지워져요."


class NoSeatOfThisCode(BadField):
    """No seat has this code. Look at it once more, or call who invited you."""

    korean = "이 번호로 맡은 자리가 없어요. 번호를 다시 확인해 주세요."


def _found(session: Session, query: Select[Meeting]) -> Meeting:
    meeting = session.scalar(query)
    if meeting is None:
        raise NoSuchMeeting
    return meeting


def _read(meeting_id: UUID, session: ReadSession) -> Meeting:
    return _found(session, the_meeting(meeting_id))


def _joined(
    meeting_id: UUID, _proof: Annotated[None, Depends(proven)], session: DbSession
) -> Meeting:
    return _found(session, the_meeting(meeting_id))


def _mine(meeting_id: UUID, me: SignedIn, session: ReadSession) -> Meeting:
    return _found(session, my_meeting(me.id, meeting_id))


def _mine_to_change(meeting_id: UUID, me: Acting, session: DbSession) -> Meeting:
    return _found(session, my_meeting(me.id, meeting_id))


def _ours(meeting_id: UUID, desk: Desk, session: ReadSession) -> Meeting:
    return _found(session, our_meeting(desk.offices, meeting_id))


def _ours_to_change(meeting_id: UUID, desk: ActingDesk, session: DbSession) -> Meeting:
    return _found(session, our_meeting(desk.offices, meeting_id))


TheMeeting = Annotated[Meeting, Depends(_read)]
"""One to read. Raises: NoSuchMeeting."""

JoinedMeeting = Annotated[Meeting, Depends(_joined)]
"""One to support or to join, by whoever sent one of our forms. Raises: NoSuchMeeting."""

MyMeeting = Annotated[Meeting, Depends(_mine)]
"""One's own, to look at. Raises: NoSuchMeeting."""

MyChangedMeeting = Annotated[Meeting, Depends(_mine_to_change)]
"""One's own, to change. Raises: NoSuchMeeting."""

OurMeeting = Annotated[Meeting, Depends(_ours)]
"""One in the dong of one's office, to look at. Raises: NoSuchMeeting."""

OurChangedMeeting = Annotated[Meeting, Depends(_ours_to_change)]
"""One in the dong of one's office, to change. Raises: NoSuchMeeting."""


def _called(attendee_id: UUID, meeting: Meeting, session: Session) -> Attendee:
    one = session.scalar(people_of(meeting.id).where(Attendee.id == attendee_id))
    if one is None:
        raise NoSuchSeat
    return one


def _called_guest(attendee_id: UUID, meeting: MyChangedMeeting, session: DbSession) -> Attendee:
    return _called(attendee_id, meeting, session)


def _called_by_office(
    attendee_id: UUID, meeting: OurChangedMeeting, session: DbSession
) -> Attendee:
    return _called(attendee_id, meeting, session)


CalledGuest = Annotated[Attendee, Depends(_called_guest)]
"""Somebody who comes to one's own meeting. Raises: NoSuchMeeting, NoSuchSeat."""

CalledByOffice = Annotated[Attendee, Depends(_called_by_office)]
"""Somebody who comes to a meeting of one's office's dong. Raises: NoSuchMeeting, NoSuchSeat."""

SeatCode = Annotated[str, Path(max_length=40)]


def _of_code(session: Session, seat_code: str) -> Attendee:
    one = session.scalar(the_seat(hashed(seat_code)))
    if one is None:
        raise NoSuchSeat
    return one


def _seat(seat_code: SeatCode, session: ReadSession) -> Attendee:
    return _of_code(session, seat_code)


def _seat_to_change(
    seat_code: SeatCode, _proof: Annotated[None, Depends(proven)], session: DbSession
) -> Attendee:
    return _of_code(session, seat_code)


GuestSeat = Annotated[Attendee, Depends(_seat)]
"""The seat of whoever has its code, to look at. Raises: NoSuchSeat."""

ChangedGuestSeat = Annotated[Attendee, Depends(_seat_to_change)]
"""The same, to change. Raises: NoSuchSeat."""
