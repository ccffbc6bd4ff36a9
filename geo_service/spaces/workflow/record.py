"""Every change of a booking, written down in the same transaction."""

from uuid import UUID

from sqlalchemy import insert

from geo_service.spaces.models import Booking, Event
from geo_service.spaces.workflow.house import House


def note(house: House, booking: Booking, deed: str, *, by_id: UUID | None, words: str = "") -> None:
    """What was done, when, by whom, and how the booking stands now."""
    house.session.execute(
        insert(Event).values(
            booking_id=booking.id,
            at=house.at,
            by_id=by_id,
            deed=deed,
            state=booking.state,
            during=booking.during,
            words=words,
        )
    )
