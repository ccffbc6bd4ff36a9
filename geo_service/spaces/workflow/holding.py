"""Hold a time, and confirm it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.accounts.models import Person
from geo_service.mail import send
from geo_service.spaces import letters
from geo_service.spaces.models import Booking, State, Wait, Wish
from geo_service.spaces.workflow.ending import entered, entered_for, expect_state
from geo_service.spaces.workflow.house import House, seen
from geo_service.spaces.workflow.placing import place
from geo_service.spaces.workflow.problems import PartOfASeries
from geo_service.spaces.workflow.record import note
from geo_service.spaces.workflow.refusing import expect_free, naming_the_nearest
from geo_service.spaces.workflow.standing import check_standing
from geo_service.spaces.workflow.waiting import end_hold_later, settle

HOLD = timedelta(minutes=10)
"""Long enough to fill in a form."""


def hold(session: Session, space_id: UUID, person: Person, wish: Wish, *, at: datetime) -> Booking:
    """Keep a time from others for ten minutes; of a monthly desk, from a day on.

    Raises: NotBookable, what `check_standing` and `place` raise; SlotIsTaken names the times that
    are free nearest to the wish.
    """
    expect_free(seen(session, space_id, at=at), wish, newcomer=person)
    with entered(session, space_id, at=at) as house:
        check_standing(house, person)
        with naming_the_nearest(house, wish):
            booking = place(house, person, wish, held_until=at + HOLD)
        end_hold_later(session, booking)
        return booking


def book(session: Session, space_id: UUID, person: Person, wish: Wish, *, at: datetime) -> Booking:
    """Hold and confirm at once. Raises: as `hold`."""
    expect_free(seen(session, space_id, at=at), wish, newcomer=person)
    with entered(session, space_id, at=at) as house:
        check_standing(house, person)
        with naming_the_nearest(house, wish):
            booking = place(house, person, wish, held_until=at + HOLD)
        confirm_held(house, booking)
        tell_confirmed(session, booking)
        return booking


def confirm(session: Session, booking: Booking, *, at: datetime) -> None:
    """Take what one holds; where an officer decides, ask for it. Again, it changes nothing.

    Raises: HoldIsOver, BookingIsPastThat, PartOfASeries.
    """
    if booking.series_id is not None:
        raise PartOfASeries(series_id=str(booking.series_id))
    with entered_for(session, booking, at=at) as house:
        if booking.state not in (State.ASKED, State.CONFIRMED):
            expect_state(booking, State.HELD)
            confirm_held(house, booking)
            tell_confirmed(session, booking)


def confirm_held(house: House, booking: Booking) -> None:
    """One booking of those that its person confirms."""
    asks = house.terms.needs_approval
    booking.state, booking.held_until = State.ASKED if asks else State.CONFIRMED, None
    settle(house.session, booking, Wait.TAKEN)
    note(house, booking, "confirm", by_id=booking.person_id)
    expect_them(house, booking)


def expect_them(house: House, booking: Booking) -> None:
    """Have looked, when its time has come, whether it was decided and whether they came."""
    due_at = booking.begins_at
    if booking.state is State.CONFIRMED:
        if house.terms.no_show_minutes is None or booking.ends_at is None:
            return
        due_at += timedelta(minutes=house.terms.no_show_minutes)
    later.queue(house.session, "spaces.look", {"booking": str(booking.id)}, due_at=due_at)


def tell_confirmed(session: Session, booking: Booking) -> None:
    """Write to them how it stands."""
    letter = letters.asked if booking.state is State.ASKED else letters.confirmed
    send(session, booking.person.email, letter(booking, booking.person.tongue))
