"""What somebody who leaves has booked: given back, and offered to those who wait."""

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces.models import LIVE, Booking, State, Use
from geo_service.spaces.queries.bookings import my_waiting
from geo_service.spaces.workflow.ending import end, entered_for
from geo_service.spaces.workflow.queueing import leave as leave_line


def give_back(session: Session, person: Person, *, at: datetime) -> None:
    """Leave every line, and end every booking that is not over, whatever the deadline.

    Who is in a room now keeps it until its hour. A desk by the month ends at once.
    Raises: SomebodyWasFaster.
    """
    for waiting in session.scalars(my_waiting(person.id)).all():
        leave_line(session, waiting, at=at)
    for booking in session.scalars(_not_over(person, at)).all():
        _end(session, booking, at=at)


def _not_over(person: Person, at: datetime) -> Select[Booking]:
    ends = func.upper(Booking.during)
    return (
        select(Booking)
        .where(
            Booking.person_id == person.id,
            Booking.state.in_(LIVE),
            or_(ends.is_(None), ends > at),
        )
        .order_by(Booking.space_id, func.lower(Booking.during), Booking.id)
    )


def _end(session: Session, booking: Booking, *, at: datetime) -> None:
    with entered_for(session, booking, at=at) as house:
        is_there = booking.state is State.CHECKED_IN and booking.use is Use.HOURLY
        if is_there or not booking.is_live:
            return
        booking.checked_in_at = None
        end(house, [booking], State.CANCELLED, by_id=booking.person_id)
        if booking.begins_at < at:
            booking.during = Range(booking.begins_at, at)
            session.flush()
