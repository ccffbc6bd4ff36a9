"""Finish what one holds: what it is for, how many will come, and take it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces.models import Booking, Series, Space, State, Wish
from geo_service.spaces.queries.bookings import bookings_of, my_holds
from geo_service.spaces.workflow.changing import cancel
from geo_service.spaces.workflow.ending import entered_for, expect_state
from geo_service.spaces.workflow.holding import HOLD, confirm_held, tell_confirmed
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.placing import renew, replace
from geo_service.spaces.workflow.problems import HoldIsOver, TooManyPeople
from geo_service.spaces.workflow.refusing import naming_the_nearest
from geo_service.spaces.workflow.repeating import cancel_series, confirm_series, hold_series
from geo_service.spaces.workflow.standing import check_standing
from geo_service.spaces.workflow.waiting import move_up


@dataclass(frozen=True, slots=True)
class Details:
    """What somebody says while a time is held for them."""

    purpose: str = ""
    people: int | None = None


def finish(session: Session, booking: Booking, details: Details, *, at: datetime) -> Booking:
    """Take what is held. Whose minutes ran out gets the same time anew, if nobody took it.

    Raises: what `hold` raises; SlotIsTaken names the nearest free times.
    """
    return _finish(session, booking, booking.during, details, at=at)


def finish_instead(
    session: Session, booking: Booking, begins_at: datetime, details: Details, *, at: datetime
) -> Booking:
    """Take another time of the same length. Raises: what `hold` raises."""
    length = None if booking.ends_at is None else booking.ends_at - booking.begins_at
    during = booking.during if length is None else Range(begins_at, begins_at + length)
    return _finish(session, booking, during, details, at=at)


def _finish(
    session: Session, booking: Booking, during: Range[datetime], details: Details, *, at: datetime
) -> Booking:
    """The same booking whatever happens: whoever goes back and sends again gets no second one."""
    with entered_for(session, booking, at=at) as house, session.begin_nested():
        if booking.state in (State.ASKED, State.CONFIRMED):
            return booking
        expect_state(booking, State.HELD, State.EXPIRED)
        _expect_room(house, details.people)
        wish = Wish(during, booking.unit_no or None, details.purpose, details.people)
        freed = booking.during if booking.is_live and during != booking.during else None
        with naming_the_nearest(house, wish, without=booking.id):
            if booking.state is State.EXPIRED:
                check_standing(house, booking.person)
                renew(house, booking, wish, held_until=at + HOLD)
            elif freed is not None:
                replace(house, booking, wish)
        booking.purpose, booking.people = details.purpose, details.people
        session.flush()
        confirm_held(house, booking)
        tell_confirmed(session, booking)
        if freed is not None:
            session.flush()
            move_up(house, [freed])
    return booking


def finish_series(session: Session, series: Series, details: Details, *, at: datetime) -> Series:
    """Take a whole series; whose minutes ran out gets the same weeks anew, if all are free.

    Raises: what `hold_series` raises.
    """
    bookings = session.scalars(bookings_of(series.id)).all()
    try:
        with session.begin_nested():
            for booking in bookings:
                describe(session, booking, details, at=at)
            confirm_series(session, series, at=at)
    except HoldIsOver:
        first = bookings[0]
        wish = Wish(first.during, first.unit_no or None, details.purpose, details.people)
        series = hold_series(session, series.space_id, first.person, wish, series.times, at=at)
        confirm_series(session, series, at=at)
    return series


def describe(session: Session, booking: Booking, details: Details, *, at: datetime) -> None:
    """What it is for. What was taken already stays as it was told. Raises: TooManyPeople."""
    with entered_for(session, booking, at=at) as house:
        if booking.state in (State.ASKED, State.CONFIRMED):
            return
        expect_state(booking, State.HELD)
        _expect_room(house, details.people)
        booking.purpose, booking.people = details.purpose, details.people
        session.flush()


def let_others_go(session: Session, person: Person, space: Space, *, at: datetime) -> None:
    """Whoever chooses anew gives up what they hold of the space; not what they waited for."""
    gone = set()
    for held in session.scalars(my_holds(person.id, space.id, at=at)).all():
        if held.series_id is None:
            cancel(session, held, at=at)
        elif held.series_id not in gone:
            gone.add(held.series_id)
            cancel_series(session, session.get_one(Series, held.series_id), at=at)


def _expect_room(house: House, people: int | None) -> None:
    capacity = house.terms.space.capacity
    if people is not None and capacity is not None and people > capacity:
        raise TooManyPeople(capacity=capacity)
