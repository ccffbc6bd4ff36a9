"""Take a time, or give it back: the claims of one booking."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import Range, insert

from geo_service.spaces.models import WHOLE, Booking, Claim, Terms
from geo_service.spaces.queries.free import units_of
from geo_service.spaces.queries.taken import IN_THE_WAY, in_the_way_of
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.problems import SlotIsTaken

_CLAIMING = insert(Claim).on_conflict_do_nothing().returning(Claim.space_id)


def free_unit(
    house: House, during: Range[datetime], wished: int | None, *, without: UUID | None = None
) -> int:
    """The unit that is wished, or the first one free throughout. Raises: SlotIsTaken.

    A booking `without` which one looks does not stand in its own way.
    """
    terms = house.terms
    wanted = with_buffers(terms, during)
    values = in_the_way_of(terms, house.around, wanted, at=house.at, without=without)
    found = house.session.execute(IN_THE_WAY, values)
    taken = {unit_no if space_id == terms.space_id else WHOLE for space_id, unit_no, _ in found}
    if WHOLE not in taken:
        for unit_no in units_of(terms) if wished is None else (wished,):
            if unit_no not in taken:
                return unit_no
    raise SlotIsTaken


def take(house: House, booking: Booking) -> None:
    """Claim its time. Raises: SlotIsTaken; then the caller undoes the booking as well.

    `ON CONFLICT DO NOTHING` waits for whoever claims the same at this moment, and then leaves
    out what is taken: no error of PostgreSQL, no deadlock, only fewer rows than were wanted.
    """
    wanted = list(_claims(house, booking))
    if len(house.session.execute(_CLAIMING, wanted).all()) < len(wanted):
        raise SlotIsTaken


def give_back(house: House, booking: Booking) -> None:
    """Let others have its time."""
    house.session.execute(delete(Claim).where(Claim.booking_id == booking.id))


def with_buffers(terms: Terms, during: Range[datetime]) -> Range[datetime]:
    """The time itself, and the minutes to prepare and to tidy up."""
    before, after = timedelta(minutes=terms.before_minutes), timedelta(minutes=terms.after_minutes)
    return Range(
        during.lower and during.lower - before,
        during.upper and during.upper + after,
    )


def _claims(house: House, booking: Booking) -> Iterator[dict[str, Any]]:
    """Outwards: its own unit for itself, and all around it together with others inside."""
    own = {"booking_id": booking.id, "during": with_buffers(house.terms, booking.during)}
    here = {**own, "space_id": booking.space_id}
    yield {**here, "unit_no": booking.unit_no, "holder_id": booking.id}
    if booking.unit_no != WHOLE:
        yield {**here, "unit_no": WHOLE, "holder_id": booking.space_id}
    for space_id in house.around:
        yield {**own, "space_id": space_id, "unit_no": WHOLE, "holder_id": space_id}
