"""When the door of a space is open, day after day."""

from datetime import date, datetime, time, timedelta

from geo_service.clock import KOREA
from geo_service.hours.closures import tokens_on
from geo_service.hours.korean import evenings
from geo_service.hours.week import ALL_WEEK, Spans
from geo_service.listings.models import Listing

Window = tuple[datetime, datetime]
"""From when until when; the end is not part of it."""

_EVERY_DAY: list[Spans] = [((0, 24 * 60),)] * 7


def midnight(day: date) -> datetime:
    """When a day begins in Korea."""
    return datetime.combine(day, time(), KOREA)


def korean_day(moment: datetime) -> date:
    """Which day it is in Korea."""
    return moment.astimezone(KOREA).date()


def is_closed_on(space: Listing, day: date) -> bool:
    """Whether it stays shut that day, whatever its week says."""
    return not tokens_on(day).isdisjoint(space.closed_days)


def open_windows(space: Listing, first: date, days: int) -> list[Window]:
    """When it is open from midnight of the first day to midnight after the last.

    Hours past midnight ask the closed days of the evening they began. Unknown hours are not open.
    Order: by time, and apart from each other.
    """
    week = _week(space)
    begins, ends = midnight(first), midnight(first + timedelta(days=days))
    opens, closes = space.open_during.lower or begins, space.open_during.upper or ends
    begins, ends = max(begins, opens), min(ends, closes, space.closed_at or ends)
    found: list[Window] = []
    for number in range(-1, days):
        day = first + timedelta(days=number)
        if is_closed_on(space, day):
            continue
        for start, end in week[day.weekday()]:
            found += clipped(midnight(day), start, end, begins, ends)
    return joined(found)


def _week(space: Listing) -> list[Spans]:
    if space.open_week is None:
        return _EVERY_DAY
    spans = tuple((span.lower or 0, span.upper or 0) for span in space.open_week)
    return _EVERY_DAY if spans == ALL_WEEK else evenings(spans)


def clipped(day: datetime, start: int, end: int, begins: datetime, ends: datetime) -> list[Window]:
    """Minutes of a day as a window inside others; none if nothing is left."""
    window = (
        max(day + timedelta(minutes=start), begins),
        min(day + timedelta(minutes=end), ends),
    )
    return [window] if window[0] < window[1] else []


def joined(windows: list[Window]) -> list[Window]:
    """The same time in as few windows as possible."""
    apart: list[Window] = []
    for begins, ends in sorted(windows):
        if apart and begins <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], ends))
        else:
            apart.append((begins, ends))
    return apart
