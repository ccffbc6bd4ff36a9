"""Opening hours from the files' pairs of columns."""

import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from geo_service.facilities.imports.words import fit, something
from geo_service.hours.closures import WEEKDAYS, closed_days_of
from geo_service.hours.week import NotOpeningHours, Spans, from_days

Hours = tuple[str, str]
"""From and until, as the cells say: `("09:00", "18:00")`."""

_SECONDS = re.compile(r"(?<=:\d\d):\d\d$")
_EVERY_WEEK = frozenset(WEEKDAYS)

_Told = tuple[str, frozenset[int], Hours]
"""What days are called together, which they are (0 is Monday), and their cells."""

_WORKDAYS, _SATURDAY, _SUNDAY = frozenset(range(5)), frozenset({5}), frozenset({6})

_TOGETHER = {_WORKDAYS: "평일", _SATURDAY | _SUNDAY: "주말"}
_SIGNS = "월화수목금토일"
_RUN = 3
"""So many days on end are told by the first and the last."""


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
    words = hours_words(weekday, saturday, sunday, shut_days if open_week else frozenset())
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
def hours_words(
    weekday: Hours, saturday: Hours, sunday: Hours, shut_days: frozenset[int] = frozenset()
) -> str:
    """The cells as one line: `평일 09:00~18:00, 주말 쉼`.

    Days that are shut every week are so here too, whatever hours stand beside them:
    `화~일 09:00~18:00, 월요일 쉼`.
    """
    parts = []
    shut: frozenset[int] = frozenset()
    for name, days, hours in _told_days(weekday, saturday, sunday):
        if not any(hours):
            continue
        instead = days & shut_days if hours[0] != hours[1] else frozenset()
        if open_days := days - instead:
            said = _days_words(open_days) if instead else name
            parts.append(f"{said} {_span_words(hours)}")
        shut |= instead
    if shut:
        parts.append(f"{_days_words(shut)} 쉼")
    return fit(", ".join(parts), 500)


def _told_days(weekday: Hours, saturday: Hours, sunday: Hours) -> tuple[_Told, ...]:
    """Days with equal cells are told together."""
    if saturday != sunday:
        return (
            ("평일", _WORKDAYS, weekday),
            ("토요일", _SATURDAY, saturday),
            ("일요일·공휴일", _SUNDAY, sunday),
        )
    if weekday == saturday:
        return (("매일", _WORKDAYS | _SATURDAY | _SUNDAY, weekday),)
    return (("평일", _WORKDAYS, weekday), ("주말", _SATURDAY | _SUNDAY, saturday))


def _days_words(days: frozenset[int]) -> str:
    """`평일`, `월요일`, `화~일` or `월·수`."""
    if days in _TOGETHER:
        return _TOGETHER[days]
    runs = groupby(enumerate(sorted(days)), lambda pair: pair[1] - pair[0])
    told = []
    for _, pairs in runs:
        run = [_SIGNS[day] for _, day in pairs]
        told += [f"{run[0]}~{run[-1]}"] if len(run) >= _RUN else run
    return f"{told[0]}요일" if len(days) == 1 else "·".join(told)


def _span_words(hours: Hours) -> str:
    return "쉼" if hours[0] == hours[1] else f"{hours[0]}~{hours[1]}"
