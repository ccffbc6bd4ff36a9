"""A series: the same time every week, as one thing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces.models import Booking, Series, State, Terms, Use, Wish
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow.changing import deadline
from geo_service.spaces.workflow.claiming import free_unit
from geo_service.spaces.workflow.ending import end, entered, expect_state
from geo_service.spaces.workflow.holding import HOLD, confirm_held, tell_confirmed
from geo_service.spaces.workflow.house import House, all_or_nothing, seen
from geo_service.spaces.workflow.placing import place
from geo_service.spaces.workflow.problems import (
    ClosedThatDay,
    NotByTheHour,
    OutsideHours,
    SeriesClashes,
    SlotIsTaken,
    TooFarAhead,
    TooLateToChange,
)
from geo_service.spaces.workflow.rules import check_wish
from geo_service.spaces.workflow.standing import check_standing
from geo_service.spaces.workflow.waiting import end_hold_later

WEEK = timedelta(days=7)
_CLASHES = (SlotIsTaken, ClosedThatDay, OutsideHours, TooFarAhead)


def hold_series(  # noqa: PLR0913 (what a series is)
    session: Session, space_id: UUID, person: Person, wish: Wish, times: int, *, at: datetime
) -> Series:
    """Hold the wish and the same time in the weeks after it: all of them or none.

    Raises: SeriesClashes with every date that cannot be had, and what `hold` raises.
    """
    outside, weeks = seen(session, space_id, at=at), [_weeks_later(wish, n) for n in range(times)]
    if outside.terms.use is not Use.HOURLY:
        raise NotByTheHour
    check_standing(outside, person)
    _expect_none([week for week in weeks if not _can_be_had(outside, week)])
    with entered(session, space_id, at=at) as house:
        check_standing(house, person)
        series = Series(space_id=space_id, person_id=person.id, times=times, made_at=at)
        held, clashes = [], []
        with all_or_nothing(session):
            session.add(series)
            session.flush()
            for week in weeks:
                try:
                    held.append(
                        place(house, person, week, held_until=at + HOLD, series_id=series.id)
                    )
                except _CLASHES:
                    clashes.append(week)
            _expect_none(clashes)
        end_hold_later(session, *held)
        return series


def _expect_none(clashes: Iterable[Wish]) -> None:
    """Raises: SeriesClashes."""
    begins = (week.during.lower for week in clashes)
    if dates := [korean_day(each).isoformat() for each in begins if each]:
        raise SeriesClashes(dates=dates)


def _can_be_had(house: House, wish: Wish) -> bool:
    try:
        check_wish(house.terms, wish.during, unit_no=wish.unit_no, people=wish.people, at=house.at)
        free_unit(house, wish.during, wish.unit_no)
    except _CLASHES:
        return False
    return True


def confirm_series(session: Session, series: Series, *, at: datetime) -> None:
    """Take all of it. Again, it changes nothing. Raises: HoldIsOver, BookingIsPastThat."""
    with entered(session, series.space_id, at=at) as house:
        bookings = _bookings(session, series)
        if all(booking.state in (State.ASKED, State.CONFIRMED) for booking in bookings):
            return
        for booking in bookings:
            expect_state(booking, State.HELD)
            confirm_held(house, booking)
        tell_confirmed(session, bookings[0])


def cancel_series(session: Session, series: Series, *, at: datetime) -> None:
    """Give up all that can still be cancelled. Raises: TooLateToChange."""
    with entered(session, series.space_id, at=at) as house:
        ahead = [b for b in _bookings(session, series) if _can_still_go(house.terms, b, at)]
        if not ahead:
            raise TooLateToChange
        end(house, ahead, State.CANCELLED, by_id=series.person_id)


def _can_still_go(terms: Terms, booking: Booking, at: datetime) -> bool:
    if booking.state is State.HELD:
        return True
    return booking.state in (State.ASKED, State.CONFIRMED) and at <= deadline(terms, booking)


def _weeks_later(wish: Wish, weeks: int) -> Wish:
    """Korea keeps no summer time, so a week is always as long."""
    lower, upper = wish.during.lower, wish.during.upper
    if lower is None or upper is None:
        raise NotByTheHour
    return Wish(
        Range(lower + weeks * WEEK, upper + weeks * WEEK), wish.unit_no, wish.purpose, wish.people
    )


def _bookings(session: Session, series: Series) -> list[Booking]:
    found = select(Booking).where(Booking.series_id == series.id).order_by(Booking.during)
    return list(session.scalars(found.execution_options(populate_existing=True)))
