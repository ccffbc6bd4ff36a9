"""Spaces that can be booked, and times at which to do so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.spaces.models import Booking, Series, Space, Terms, Waiting, Wish
from geo_service.spaces.queries.free import Free
from geo_service.spaces.workflow.holding import book, hold
from geo_service.spaces.workflow.queueing import wait
from geo_service.spaces.workflow.repeating import hold_series
from tests.factories import a_space, an_office
from tests.people import a_person

MONDAY = datetime(2026, 11, 23, 8, tzinfo=KOREA)
"""A morning on which most of these tests take place; no holiday is near."""

NINE_TO_SIX = [Range(day * 1440 + 540, day * 1440 + 1080) for day in range(7)]
"""Every day from nine until six."""

ALL_DAY = [Range(day * 1440, (day + 1) * 1440) for day in range(7)]
"""Every day at all hours."""


def at(hour: float, day: int = 0) -> datetime:
    """That hour of Korea's day, so many days after `MONDAY`."""
    return MONDAY.replace(hour=0) + timedelta(days=day, hours=hour)


def hours(begins: float, ends: float, day: int = 0) -> Range[datetime]:
    """From one hour to another of a day, as the database tells it."""
    return Range(at(begins, day).astimezone(UTC), at(ends, day).astimezone(UTC))


def terms_for(session: Session, space: Space, **said: Any) -> Terms:
    """It can be booked for one to four hours, at once and by everybody, unless said otherwise."""
    session.add(terms := Terms(space_id=space.id, **said))
    session.commit()
    return terms


def a_room(session: Session, *, terms: dict[str, Any] | None = None, **said: Any) -> Space:
    """A room that is open every day from nine to six, published long ago."""
    usual = {"open_week": NINE_TO_SIX, "published_at": MONDAY - timedelta(days=30)}
    usual["office_id"] = said.pop("office_id", None) or an_office(session).id
    space = a_space(session, **usual | said)
    terms_for(session, space, **terms or {})
    return space


def desks(session: Session, units: int, **said: Any) -> Space:
    """A room with so many desks alike."""
    terms = said.pop("terms", {})
    return a_room(session, terms={"units": units} | terms, **said)


def units_free(free: Free, begins: datetime, ends: datetime) -> list[int]:
    """The desks that are free throughout; order: by number."""
    return [
        unit
        for unit, windows in free.by_unit.items()
        if any(opens <= begins and ends <= closes for opens, closes in windows)
    ]


def tomorrow(begins: float, ends: float) -> Range[datetime]:
    """Hours of the day after this one, for doors, which know what time it is."""
    midnight = now().astimezone(KOREA).replace(hour=0, minute=0, second=0, microsecond=0)
    day = midnight + timedelta(days=1)
    return Range(day + timedelta(hours=begins), day + timedelta(hours=ends))


def a_hold(session: Session, person: Person, space: Space) -> Booking:
    """Tomorrow from ten until noon, held for somebody."""
    booking = hold(session, space.id, person, Wish(tomorrow(10, 12)), at=now())
    session.commit()
    return booking


def held_weekly(session: Session, person: Person, space: Space) -> Series:
    """The same twice."""
    series = hold_series(session, space.id, person, Wish(tomorrow(10, 12)), 2, at=now())
    session.commit()
    return series


def in_line(session: Session, person: Person, space: Space) -> Waiting:
    """Waiting for what somebody else has."""
    book(session, space.id, a_person(session), Wish(tomorrow(10, 12)), at=now())
    waiting = wait(session, space.id, person, tomorrow(10, 12), at=now())
    session.commit()
    return waiting
