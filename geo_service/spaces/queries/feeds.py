"""What a calendar feed holds, and whose it is."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from geo_service.accounts.models import Person
from geo_service.spaces.models import Booking, Feed, State
from geo_service.spaces.queries.bookings import MOST

BACK = timedelta(days=30)


def the_feed(word_hash: bytes) -> Select[Feed]:
    """The one that a word opens."""
    return (
        select(Feed).join(Feed.person).where(Feed.word_hash == word_hash, Person.left_at.is_(None))
    )


def fed_bookings(person_id: UUID, *, at: datetime) -> Select[Booking]:
    """What somebody has booked from a month ago on; order: by time."""
    return (
        select(Booking)
        .join(Booking.space)
        .options(contains_eager(Booking.space))
        .where(
            Booking.person_id == person_id,
            Booking.state.in_([State.ASKED, State.CONFIRMED, State.CHECKED_IN]),
            func.coalesce(func.upper(Booking.during) > at - BACK, True),
        )
        .order_by(func.lower(Booking.during), Booking.id)
        .limit(MOST)
    )
