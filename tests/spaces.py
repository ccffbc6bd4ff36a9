"""Spaces that can be booked, and times at which to do so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.spaces.models import Space, Terms
from tests.factories import a_space, an_office

MONDAY = datetime(2026, 11, 23, 8, tzinfo=KOREA)
"""A morning on which most of these tests take place; no holiday is near."""

NINE_TO_SIX = [Range(day * 1440 + 540, day * 1440 + 1080) for day in range(7)]
"""Every day from nine until six."""


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
