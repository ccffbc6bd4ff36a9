"""What live bookings take of a space, directly or around it or inside it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.dialects.postgresql import Range

from geo_service.spaces.models import Booking, Claim, State, Terms


def is_over(at: datetime) -> ColumnElement[bool]:
    """Whether a booking is a hold that ran out and has not been ended yet."""
    return and_(Booking.state == State.HELD, Booking.held_until <= at)


def claims_against(
    terms: Terms,
    around: Collection[UUID],
    during: Range[datetime],
    *,
    at: datetime,
    without: UUID | None = None,
) -> Select[UUID, int, Range[datetime]]:
    """Whose space, which unit, and when: all that stands in the way of booking there.

    `around` are the wholes that surround it. Claims that those who are inside them share do not
    count; on the space itself they do if it is booked as a whole, for they are its parts. One's
    own booking, `without` which one looks, does not count either.
    """
    alone = Claim.holder_id == Claim.booking_id
    here = Claim.space_id == terms.space_id
    if terms.units > 1:
        here = and_(here, alone)
    in_the_way = or_(here, and_(Claim.space_id.in_(list(around)), alone)) if around else here
    found = (
        select(Claim.space_id, Claim.unit_no, Claim.during)
        .join(Booking, Booking.id == Claim.booking_id)
        .where(in_the_way, Claim.during.overlaps(during), not_(is_over(at)))
    )
    return found if without is None else found.where(Claim.booking_id != without)
