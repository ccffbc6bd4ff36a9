"""Those who wait for a slot move up by themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.errors import Problem
from geo_service.mail import send
from geo_service.spaces import letters
from geo_service.spaces.models import Booking, Wait, Waiting, Wish
from geo_service.spaces.queries.line import WAITING
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.placing import place
from geo_service.spaces.workflow.standing import check_standing

OFFER = timedelta(hours=1)
"""So long a slot that was freed is kept for whoever waited longest for it."""

_NEAR = timedelta(days=1)
"""Buffers reach no further than this."""


def move_up(house: House, freed: Iterable[Range[datetime]]) -> None:
    """Offer what was freed, all of it together, to whoever waits longest for some of it."""
    found: dict[UUID, Waiting] = {}
    for near in freed:
        values = {"house_id": house.id, "near": _widened(near)}
        found |= {waiting.id: waiting for waiting in house.session.scalars(WAITING, values)}
    for waiting in sorted(found.values(), key=lambda each: (each.since, each.id)):
        _offer(house, waiting)


def _offer(house: House, waiting: Waiting) -> None:
    """Hold it in their name, if it is free altogether and they may have it."""
    begins = waiting.during.lower
    held_until = min(house.at + OFFER, begins or house.at)
    if held_until <= house.at:
        return
    try:
        room = house.room(waiting.space_id)
        check_standing(room, waiting.person)
        booking = place(room, waiting.person, Wish(waiting.during), held_until=held_until)
    except Problem:  # somebody else still has a part of it, or they may not book now
        return
    waiting.state, waiting.booking_id = Wait.OFFERED, booking.id
    end_hold_later(house.session, booking)
    person = waiting.person
    send(house.session, person.email, letters.offered(booking, person.tongue))


def settle(session: Session, booking: Booking, state: Wait) -> None:
    """What became of the offer, if the booking was one."""
    session.execute(
        update(Waiting)
        .where(Waiting.booking_id == booking.id, Waiting.state == Wait.OFFERED)
        .values(state=state)
    )


def end_hold_later(session: Session, *bookings: Booking) -> None:
    """Have holds ended when they run out.

    Without a key: whoever took a task out of the queue would wait for the worker that runs it,
    and the worker waits for the house. A task that comes too late finds nothing to do.
    """
    for space_id, due_at in {(b.space_id, b.held_until) for b in bookings}:
        later.queue(session, "spaces.end_holds", {"space": str(space_id)}, due_at=due_at)


def _widened(during: Range[datetime]) -> Range[datetime]:
    return Range(during.lower and during.lower - _NEAR, during.upper and during.upper + _NEAR)
