"""Who came, who did not, and who is there without having booked."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.mail import send
from geo_service.spaces import letters
from geo_service.spaces.models import Booking, State, Strike, Terms
from geo_service.spaces.workflow.ending import end, entered_for, expect_state
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.problems import NotItsCode, NotNow
from geo_service.spaces.workflow.record import note


def is_time_to_come(terms: Terms, booking: Booking, at: datetime) -> bool:
    """Whether one may say now that one is there."""
    return _opens(terms, booking) <= at and (booking.ends_at is None or at < booking.ends_at)


def _opens(terms: Terms, booking: Booking) -> datetime:
    return booking.begins_at - timedelta(minutes=terms.check_in_minutes)


def check_in(session: Session, booking: Booking, code: str, *, at: datetime, by: Person) -> None:
    """Say that one is there, with the code of the booking. Again, it changes nothing.

    Raises: NotItsCode, NotNow, BookingIsPastThat.
    """
    with entered_for(session, booking, at=at) as house:
        if code != booking.code:
            raise NotItsCode
        if booking.state is State.CHECKED_IN:
            return
        expect_state(booking, State.CONFIRMED)
        if not is_time_to_come(house.terms, booking, at):
            raise NotNow(opens=_opens(house.terms, booking).isoformat())
        booking.state, booking.checked_in_at = State.CHECKED_IN, at
        note(house, booking, "check_in", by_id=by.id)


def look(session: Session, booking: Booking, *, at: datetime) -> None:
    """Its time has come: what nobody decided expires, and what nobody came for is released.

    A booking that was moved meanwhile is looked at again at its new time.
    """
    with entered_for(session, booking, at=at) as house:
        if booking.state is State.ASKED and booking.begins_at <= at:
            end(house, [booking], State.EXPIRED, by_id=None)
            return
        patience = house.terms.no_show_minutes
        if booking.state is not State.CONFIRMED or patience is None or booking.ends_at is None:
            return
        if booking.begins_at + timedelta(minutes=patience) <= at:
            give_to_others(house, booking, by_id=None)


def give_to_others(house: House, booking: Booking, *, by_id: UUID | None) -> None:
    """Nobody came: others may have it, and it is remembered for a while."""
    end(house, [booking], State.NO_SHOW, by_id=by_id)
    house.session.add(
        Strike(
            booking_id=booking.id,
            person_id=booking.person_id,
            office_id=house.terms.space.office_id,
            given_at=house.at,
            expires_at=house.at + timedelta(days=house.terms.strike_days),
        )
    )
    letter = letters.missed(booking, booking.person.tongue)
    send(house.session, booking.person.email, letter)


def forgive(session: Session, booking: Booking, *, at: datetime, by: Person) -> None:
    """Take a strike back: they were there after all, or had a good reason."""
    with entered_for(session, booking, at=at) as house:
        expect_state(booking, State.NO_SHOW)
        strike = session.get(Strike, booking.id)
        if strike is not None:
            session.delete(strike)
            note(house, booking, "forgive", by_id=by.id)
