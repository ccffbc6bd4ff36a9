"""A booking ends before its time, and what it had is offered to others."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.spaces.models import Booking, State, Wait
from geo_service.spaces.queries.taken import OVER
from geo_service.spaces.workflow import quota
from geo_service.spaces.workflow.claiming import give_back
from geo_service.spaces.workflow.house import House, locked
from geo_service.spaces.workflow.problems import BookingIsPastThat, HoldIsOver
from geo_service.spaces.workflow.record import note
from geo_service.spaces.workflow.waiting import move_up, settle

FRESH = {"populate_existing": True}
"""What was loaded before the house was locked may have changed meanwhile."""

_DEEDS = {
    State.EXPIRED: "expire",
    State.DECLINED: "decline",
    State.CANCELLED: "cancel",
    State.NO_SHOW: "release",
}


@contextmanager
def entered(session: Session, space_id: UUID, *, at: datetime) -> Iterator[House]:
    """The house, alone, after holds that ran out have been ended.

    A constraint cannot know what time it is, so they are ended here, by whoever comes first:
    the task at their time, or the next deed in the house. Raises: as `locked`.
    """
    with locked(session, space_id, at=at) as house:
        values = {"house_id": house.id, "at": at}
        ended = session.scalars(OVER, values, execution_options=FRESH).all()
        end(house, ended, State.EXPIRED, by_id=None)
        yield house


@contextmanager
def entered_for(session: Session, booking: Booking, *, at: datetime) -> Iterator[House]:
    """The same, with the booking as it stands now. Raises: as `locked`."""
    with entered(session, booking.space_id, at=at) as house:
        session.refresh(booking)
        yield house


def end(
    house: House,
    bookings: Sequence[Booking],
    state: State,
    *,
    by_id: UUID | None,
    words: str = "",
) -> None:
    """Give their time back, all of it before anybody who waits is offered a part of it."""
    session = house.session
    for booking in bookings:
        booking.state, booking.held_until = state, None
        give_back(house, booking)
        if state is not State.NO_SHOW:
            quota.count_back(session, booking)
        settle(session, booking, Wait.MISSED)
        note(house, booking, _DEEDS[state], by_id=by_id, words=words)
    if bookings:
        session.flush()
        move_up(house, [booking.during for booking in bookings])


def expect_state(booking: Booking, *states: State) -> None:
    """Raises: HoldIsOver, BookingIsPastThat."""
    if booking.state in states:
        return
    if booking.state is State.EXPIRED:
        raise HoldIsOver
    raise BookingIsPastThat(state=booking.state)
