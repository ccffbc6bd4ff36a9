"""What live bookings take of a space, directly or around it or inside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP, TSTZRANGE, Range

from geo_service.spaces.models import Booking, Claim, State, Terms
from geo_service.spaces.queries.tree import HOUSEHOLD, THE_SPACE

AT = bindparam("at", type_=TIMESTAMP(timezone=True))
"""The moment of the question."""

_NOBODY = UUID(int=0)


def is_over() -> ColumnElement[bool]:
    """Whether a booking is a hold that ran out `:at` that moment and has not been ended yet."""
    return and_(Booking.state == State.HELD, Booking.held_until <= AT)


OVER = select(Booking).where(Booking.space_id.in_(HOUSEHOLD), is_over())
"""Holds in `:house_id` that ran out `:at` a moment and have not been ended yet."""


def _in_the_way() -> Select[UUID, int, Range[datetime]]:
    alone = Claim.holder_id == Claim.booking_id
    here = and_(Claim.space_id == THE_SPACE, or_(alone, bindparam("as_a_whole", type_=Boolean)))
    around = and_(Claim.space_id == any_(bindparam("around", type_=ARRAY(Uuid))), alone)
    return (
        select(Claim.space_id, Claim.unit_no, Claim.during)
        .join(Booking, Booking.id == Claim.booking_id)
        .where(
            or_(here, around),
            Claim.during.overlaps(bindparam("wanted", type_=TSTZRANGE)),
            Claim.booking_id != bindparam("without", type_=Uuid),
            not_(is_over()),
        )
    )


IN_THE_WAY = _in_the_way()
"""Whose space, which unit, and when; asked with `in_the_way_of`."""


def in_the_way_of(
    terms: Terms,
    around: Sequence[UUID],
    wanted: Range[datetime],
    *,
    at: datetime,
    without: UUID | None = None,
) -> dict[str, Any]:
    """The values by which `IN_THE_WAY` finds all that keeps one from booking there then.

    `around` are the wholes that surround it. Claims that those who are inside them share do not
    count; on the space itself they do if it is booked as a whole, for they are its parts. One's
    own booking, `without` which one looks, does not count either.
    """
    return {
        "space_id": terms.space_id,
        "around": list(around),
        "as_a_whole": terms.units == 1,
        "wanted": wanted,
        "without": without or _NOBODY,
        "at": at,
    }
