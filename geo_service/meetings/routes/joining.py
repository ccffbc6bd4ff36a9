"""Seats: with an account or with a code."""

from fastapi import APIRouter

from geo_service.accounts.access import Acting, SignedIn
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.meetings.access.joining import TheJoiner
from geo_service.meetings.access.meetings import (
    ChangedGuestSeat,
    GuestSeat,
    JoinedMeeting,
    SeatCode,
)
from geo_service.meetings.queries.meetings import my_seat, my_seats
from geo_service.meetings.schemas.answers import NamedIn, SeatIn, SeatOut
from geo_service.meetings.workflow.consenting import agree, agree_by_seat
from geo_service.meetings.workflow.joining import join, leave
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1", tags=["meetings"])


class WhoComes(BadField):
    """Sign in, or say a name and a phone number."""

    korean = "로그인하거나 이름과 전화번호를 적어 주세요."


@router.post("/meetings/{meeting_id}/seats", status_code=201)
def join_meeting(
    meeting: JoinedMeeting, wish: SeatIn, joiner: TheJoiner, session: DbSession
) -> SeatOut:
    """A seat for oneself and each child, or the end of the line; sent again it is the same one."""
    at = now()
    if joiner.person is not None:
        known = session.scalar(my_seat(meeting.id, joiner.person.id))
        one = known or join(session, meeting, joiner.person, wish.wishes(), at=at)
        return SeatOut.of(one, meeting)
    code = joiner.guest_code(meeting, wish.phone or "", at=at)
    guest = wish.guest(code)
    if guest is None:
        raise WhoComes("phone", WhoComes.title())
    one = join(session, meeting, guest, wish.wishes(), at=at)
    return SeatOut.of(one, meeting, code)


@router.delete("/meetings/{meeting_id}/seat", status_code=204)
def leave_meeting(meeting: JoinedMeeting, person: Acting, session: DbSession) -> None:
    """Not come after all; who does not, changes nothing."""
    one = session.scalar(my_seat(meeting.id, person.id))
    if one is not None:
        leave(session, one, at=now())


@router.put("/meetings/{meeting_id}/named", status_code=204)
def be_named(meeting: JoinedMeeting, wish: NamedIn, person: Acting, session: DbSession) -> None:
    """Whether one may be named there, before the meeting and ever after."""
    agree(session, meeting, person, named=wish.named)


@router.get("/my/meetings")
def my_meetings(person: SignedIn, session: ReadSession) -> list[SeatOut]:
    """Where one goes. Order: by time."""
    return [
        SeatOut.of(one, one.meeting) for one in session.scalars(my_seats(person.id, since=now()))
    ]


@router.get("/seats/{seat_code}")
def read_seat(one: GuestSeat, seat_code: SeatCode) -> SeatOut:
    """The seat that this code is for."""
    return SeatOut.of(one, one.meeting, seat_code)


@router.put("/seats/{seat_code}/named", status_code=204)
def be_named_by_code(one: ChangedGuestSeat, wish: NamedIn, session: DbSession) -> None:
    """Whether who has this seat may be named."""
    agree_by_seat(session, one, named=wish.named)


@router.delete("/seats/{seat_code}", status_code=204)
def leave_by_code(one: ChangedGuestSeat, session: DbSession) -> None:
    """Not come after all; name and phone number are deleted at once."""
    leave(session, one, at=now())
