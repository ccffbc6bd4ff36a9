"""What an officer decides about a booking."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.mail import send
from geo_service.spaces import letters
from geo_service.spaces.models import Booking, State
from geo_service.spaces.workflow.ending import end, entered_for, expect_state
from geo_service.spaces.workflow.holding import expect_them, tell_confirmed
from geo_service.spaces.workflow.record import note


def approve(session: Session, booking: Booking, *, at: datetime, by: Person) -> None:
    """Say yes. Again, it changes nothing. Raises: BookingIsPastThat."""
    with entered_for(session, booking, at=at) as house:
        if booking.state is State.CONFIRMED:
            return
        expect_state(booking, State.ASKED)
        booking.state = State.CONFIRMED
        note(house, booking, "approve", by_id=by.id)
        expect_them(house, booking)
        tell_confirmed(session, booking)


def decline(
    session: Session, booking: Booking, *, at: datetime, by: Person, words: str = ""
) -> None:
    """Say no, and why. Raises: BookingIsPastThat."""
    with entered_for(session, booking, at=at) as house:
        expect_state(booking, State.ASKED)
        end(house, [booking], State.DECLINED, by_id=by.id, words=words)
        send(
            session,
            booking.person.email,
            letters.declined(booking, booking.person.tongue, words),
        )


def call_off(
    session: Session, booking: Booking, *, at: datetime, by: Person, words: str = ""
) -> None:
    """Cancel for the office, whatever the deadline. Raises: BookingIsPastThat."""
    with entered_for(session, booking, at=at) as house:
        expect_state(booking, State.ASKED, State.CONFIRMED, State.CHECKED_IN)
        booking.checked_in_at = None
        end(house, [booking], State.CANCELLED, by_id=by.id, words=words)
        send(
            session,
            booking.person.email,
            letters.called_off(booking, booking.person.tongue, words),
        )
