"""Opening hours from the files' pairs of columns."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from geo_service.facilities.imports.words import fit, something
from geo_service.hours.closures import WEEKDAYS, closed_days_of
from geo_service.hours.week import NotOpeningHours, Spans, from_days

Hours = tuple[str, str]
"""From and until, as the cells say: `("09:00", "18:00")`."""

_SECONDS = re.compile(r"(?<=:\d\d):\d\d$")
_EVERY_WEEK = frozenset(WEEKDAYS)
_DAY_NAMES = ("평일", "토요일", "일요일·공휴일")


class Times(NamedTuple):
    """When a room can be used."""

    hours_words: str
    open_week: Spans
    closed_words: str
    closed_days: tuple[str, ...]
    understood: bool
    """Whether all cells with hours were."""
    closed_understood: bool
    """Whether all words about closed days were."""


@lru_cache(maxsize=1 << 12)
def read_times(weekday: Hours, saturday: Hours, sunday: Hours, closed: str) -> Times:
    """What the cells tell; kept, as the rooms of one building share theirs."""
    closed_words = fit(something(closed), 500)
    shut, closed_understood = closed_days_of(closed_words)
    shut_days = frozenset(map(WEEKDAYS.index, _EVERY_WEEK.intersection(shut)))
    open_week, understood = read_week(weekday, saturday, sunday, shut_days)
    words = hours_words(weekday, saturday, sunday)
    return Times(words, open_week, closed_words, shut, understood, closed_understood)


@lru_cache(maxsize=1 << 12)
def read_week(
    weekday: Hours, saturday: Hours, sunday: Hours, shut_days: frozenset[int]
) -> tuple[Spans, bool]:
    """The open minutes of a week, and whether all cells were understood.

    Days that are shut every week (0 is Monday) are left out. Where nothing remains the hours are
    unknown: a room that is never open would not be in the file. Hours repeat, so the answer is
    kept.
    """
    told = [_told_as_one(weekday)] * 5 + [_told_as_one(saturday), _told_as_one(sunday)]
    try:
        spans = from_days(
            {day: hours for day, hours in enumerate(told) if hours and day not in shut_days}
        )
    except NotOpeningHours:
        return (), False
    return spans, True


@lru_cache(maxsize=1 << 10)
def _told_as_one(hours: Hours) -> tuple[str, ...]:
    """`("09:00-18:00",)`; nothing, where the cells say nothing."""
    return ("-".join(_SECONDS.sub("", hour) for hour in hours),) if any(hours) else ()


@lru_cache(maxsize=1 << 12)
def hours_words(weekday: Hours, saturday: Hours, sunday: Hours) -> str:
    """The cells as one line: `평일 09:00~18:00, 주말 쉼`."""
    if saturday == sunday:
        told: Iterable[tuple[str, Hours]] = (("평일", weekday), ("주말", saturday))
        if weekday == saturday:
            told = (("매일", weekday),)
    else:
        told = zip(_DAY_NAMES, (weekday, saturday, sunday), strict=True)
    return fit(", ".join(f"{name} {_span_words(hours)}" for name, hours in told if any(hours)), 500)


def _span_words(hours: Hours) -> str:
    return "쉼" if hours[0] == hours[1] else f"{hours[0]}~{hours[1]}"
