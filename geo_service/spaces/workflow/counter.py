"""Bookings that an officer makes at the counter, and what an officer sees at the door."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces.models import Booking, Space, State, Wish
from geo_service.spaces.workflow.deciding import approve
from geo_service.spaces.workflow.ending import entered_for, expect_state
from geo_service.spaces.workflow.holding import book
from geo_service.spaces.workflow.presence import give_to_others
from geo_service.spaces.workflow.problems import NotNow


def book_for(  # noqa: PLR0913 (for whom, by whom, and what the officer has seen)
    session: Session,
    space: Space,
    person: Person,
    wish: Wish,
    *,
    at: datetime,
    by: Person,
    lives_here: bool = False,
) -> Booking:
    """Book for somebody at the counter; an officer's own booking needs no approval.

    `lives_here`: the officer has seen where they live. Raises: as `book`.
    """
    if lives_here and space.area_id is not None:
        person.neighbour_of_id, person.neighbour_since = space.area_id, at
        session.flush()
    booking = book(session, space.id, person, wish, at=at)
    if booking.state is State.ASKED:
        approve(session, booking, at=at, by=by)
    return booking


def release(session: Session, booking: Booking, *, at: datetime, by: Person) -> None:
    """Nobody came: others may have it now, however patient the terms are.

    Raises: NotNow before it begins, NotInThisState.
    """
    with entered_for(session, booking, at=at) as house:
        expect_state(booking, State.CONFIRMED)
        if at < booking.begins_at:
            raise NotNow(opens=booking.begins_at.isoformat())
        give_to_others(house, booking, by_id=by.id)
