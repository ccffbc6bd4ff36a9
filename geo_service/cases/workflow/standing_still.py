"""When a case stands still: nobody did anything with it for long, and nothing is planned."""

from datetime import date, datetime, timedelta

from geo_service.clock import KOREA

IDLE = timedelta(weeks=8)
"""Twice as long as until a case that was connected is looked at again."""


def idle_since(at: datetime) -> datetime:
    """Whatever was last touched then stands still."""
    return at - IDLE


def is_idle(touched_at: datetime, *planned: date | None, at: datetime) -> bool:
    """Whether an open case stands still, for which this is planned."""
    today = at.astimezone(KOREA).date()
    is_past = all(day is None or day < today for day in planned)
    return touched_at <= idle_since(at) and is_past
