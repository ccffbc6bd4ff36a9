"""Say that one comes, and change one's mind."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import choice

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.meetings.letters import meetings as letters
from geo_service.meetings.models import Attendee, Going, Interpreter, Meeting
from geo_service.meetings.queries.meetings import my_seat, the_line
from geo_service.meetings.workflow.problems import (
    MoreThanAllSeats,
    NotSoManySeats,
    YouAreComing,
)
from geo_service.meetings.workflow.standing import hold_convened
from geo_service.meetings.workflow.announcing import tell

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for others when somebody copies them by hand."""

CODE_LENGTH = 12
"""Fifty-nine bits: nobody guesses one of a country's seats."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes without an account."""

    name: str
    phone: str
    """E.164."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What they bring, and what they need."""

    children: int = 0
    step_free: bool = False
    interpreter: Interpreter | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """That somebody comes, or waits."""

    attendee: Attendee
    code: str | None = None
    """Of a guest; told this once."""


def join(
    session: Session, meeting: Meeting, who: Person | Guest, wishes: Wishes, *, at: datetime
) -> Seat:
    """A seat for them and each child, or the end of the line.

    Raises: NotConvened, YouAreComing, MoreThanAllSeats.
    """
    meeting = hold_convened(session, meeting.id, at=at)
    if session.scalar(_known(meeting, who)) is not None:
        raise YouAreComing
    code = None if isinstance(who, Person) else "".join(choice(_SIGNS) for _ in range(CODE_LENGTH))
    one = Attendee(
        meeting_id=meeting.id,
        person_id=who.id if isinstance(who, Person) else None,
        name="" if isinstance(who, Person) else who.name,
        phone=None if isinstance(who, Person) else who.phone,
        code_hash=hashed(code) if code else None,
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
    session.add(one)
    session.flush()
    return Seat(one, code)


def change(session: Session, one: Attendee, wishes: Wishes, *, at: datetime) -> None:
    """Other children, other needs. Raises: NotConvened, NotSoManySeats, MoreThanAllSeats."""
    meeting = hold_convened(session, one.meeting_id, at=at)
    session.refresh(one)
    more = wishes.children - one.children
    if 1 + wishes.children > meeting.seats:
        raise MoreThanAllSeats(seats=meeting.seats)
    if one.going is Going.COMING:
        if more > meeting.seats_left:
            raise NotSoManySeats(left=meeting.seats_left)
        meeting.taken += more
    one.children, one.step_free = wishes.children, wishes.step_free
    one.interpreter, one.named = wishes.interpreter, wishes.named
    session.flush()
    move_up(session, meeting, at=at)


def leave(session: Session, one: Attendee, *, at: datetime) -> None:
    """Not come after all; nothing of it is kept. Raises: NotConvened."""
    meeting = hold_convened(session, one.meeting_id, at=at)
    session.refresh(one)
    if one.going is Going.COMING:
        meeting.taken -= one.people
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


def hashed(code: str) -> bytes:
    """As a code is kept; blanks, hyphens and small letters do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return sha256(plain.encode()).digest()


def _known(meeting: Meeting, who: Person | Guest) -> Select[Attendee]:
    if isinstance(who, Person):
        return my_seat(meeting.id, who.id)
    return select(Attendee).where(Attendee.meeting_id == meeting.id, Attendee.phone == who.phone)
