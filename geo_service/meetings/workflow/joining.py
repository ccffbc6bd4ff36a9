"""Say that one comes, and change one's mind."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.meetings.letters import meetings as letters
from geo_service.meetings.models import Attendee, Going, Guest, Meeting, Wishes
from geo_service.meetings.queries.meetings import my_seat, the_line
from geo_service.meetings.workflow.announcing import tell
from geo_service.meetings.workflow.consenting import note_consent
from geo_service.meetings.workflow.parting import forget_hidden
from geo_service.meetings.workflow.problems import (
    MoreThanAllSeats,
    NotSoManySeats,
    SeatIsGivenUp,
    YouAreComing,
)
from geo_service.meetings.workflow.standing import hold_convened, hold_row

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for others when somebody copies them by hand."""

CODE_LENGTH = 12
"""Fifty-nine bits: nobody guesses one of a country's seats."""


def join(
    session: Session, meeting: Meeting, who: Person | Guest, wishes: Wishes, *, at: datetime
) -> Attendee:
    """A seat for them and each child, or the end of the line.

    A guest who sends the same again, with the same code, has the seat that they have.
    Raises: NotConvened, YouAreComing, MoreThanAllSeats.
    """
    meeting = hold_convened(session, meeting.id, at=at)
    code_hash = None if isinstance(who, Person) else hashed(who.code)
    if (known := session.scalar(_known(meeting, who))) is not None:
        if code_hash is not None and known.code_hash == code_hash:
            return known
        raise YouAreComing
    one = Attendee(
        meeting_id=meeting.id,
        person_id=who.id if isinstance(who, Person) else None,
        name="" if isinstance(who, Person) else who.name,
        phone=None if isinstance(who, Person) else who.phone,
        code_hash=code_hash,
        going=Going.WAITING,
        children=wishes.children,
        step_free=wishes.step_free,
        interpreter=wishes.interpreter,
        named=wishes.named,
        joined_at=at,
    )
    if one.people > meeting.seats:
        raise MoreThanAllSeats(seats=meeting.seats)
    if one.people <= meeting.seats_left:
        one.going = Going.COMING
        meeting.taken += one.people
    note_consent(meeting, one, named=wishes.named)
    session.add(one)
    session.flush()
    return one


def change(session: Session, one: Attendee, wishes: Wishes, *, at: datetime) -> None:
    """Other children, other needs.

    Raises: NotConvened, SeatIsGivenUp, NotSoManySeats, MoreThanAllSeats.
    """
    meeting = hold_convened(session, one.meeting_id, at=at)
    one = hold_row(session, one, SeatIsGivenUp())
    more = wishes.children - one.children
    if 1 + wishes.children > meeting.seats:
        raise MoreThanAllSeats(seats=meeting.seats)
    if one.going is Going.COMING:
        if more > meeting.seats_left:
            raise NotSoManySeats(left=meeting.seats_left)
        meeting.taken += more
    one.children, one.step_free = wishes.children, wishes.step_free
    one.interpreter = wishes.interpreter
    note_consent(meeting, one, named=wishes.named)
    session.flush()
    move_up(session, meeting, at=at)


def leave(session: Session, one: Attendee, *, at: datetime) -> None:
    """Not come after all; nothing of it is kept. Raises: NotConvened, SeatIsGivenUp."""
    meeting = hold_convened(session, one.meeting_id, at=at)
    one = hold_row(session, one, SeatIsGivenUp())
    if one.going is Going.COMING:
        meeting.taken -= one.people
    forget_hidden(session, meeting.id, one.person.name if one.person else one.name)
    session.delete(one)
    session.flush()
    move_up(session, meeting, at=at)


def move_up(session: Session, meeting: Meeting, *, at: datetime) -> None:
    """Whoever waits longest and has room now comes, and is told."""
    for one in session.scalars(the_line(meeting.id)).all():
        if not meeting.seats_left:
            break
        if one.people <= meeting.seats_left:
            one.going = Going.COMING
            meeting.taken += one.people
            tell(session, meeting, one, letters.moved_up, at=at)
    session.flush()


def called(session: Session, one: Attendee) -> None:
    """Somebody has called them."""
    one.to_call_at = None
    session.flush()


def a_code(digest: bytes) -> str:
    """A code that follows from thirty-two bytes, so that a form sent twice has one."""
    number, signs = int.from_bytes(digest), ""
    while len(signs) < CODE_LENGTH:
        number, sign = divmod(number, len(_SIGNS))
        signs += _SIGNS[sign]
    return signs


def hashed(code: str) -> bytes:
    """As a code is kept; blanks, hyphens and small letters do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return sha256(plain.encode()).digest()


def _known(meeting: Meeting, who: Person | Guest) -> Select[Attendee]:
    if isinstance(who, Person):
        return my_seat(meeting.id, who.id)
    return select(Attendee).where(Attendee.meeting_id == meeting.id, Attendee.phone == who.phone)
