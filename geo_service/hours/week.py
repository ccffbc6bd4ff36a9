"""Opening hours as minutes of the week, so that "open now?" is one comparison.

Minute 0 is Monday 00:00 in Korea, minute 10,080 is the next Monday. A span contains the minute
at which it opens and not the one at which it closes.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from geo_service.clock import KOREA
from geo_service.errors import Invalid

Span = tuple[int, int]
"""From when until when. Units: minutes."""

Spans = tuple[Span, ...]
"""Sorted, apart from each other, inside one week: the only shape in which hours are kept."""

DAY = 24 * 60
"""Minutes of a day."""

WEEK = 7 * DAY
"""Minutes of a week."""

ALL_WEEK: Spans = ((0, WEEK),)
"""Day and night."""

_LAST_MINUTE = DAY - 1
"""23:59, by which official files mean midnight."""

_HOURS = re.compile(
    r"\s*(\d{1,2}):(\d{2})\s*[-–~]\s*(?P<next_day>익일|다음\s?날)?\s*(\d{1,2}):(\d{2})\s*"
)

_MORNING = range(5 * 60, 12 * 60 + 1)
_AFTER_MIDNIGHT = 60
"""A door that opens in the morning closes by 01:00, or the afternoon was meant: libraries write
`09:30~06:00` for 18:00. Whoever does stay open into the night says 익일."""


class NotOpeningHours(Invalid):
    """These are not opening hours."""


def from_days(days: Mapping[int, Iterable[str]]) -> Spans:
    """The week in which each day (0 is Monday) is open as its words say: `"09:00-18:00"`.

    An end before its beginning is in the next day, and Sunday's is in Monday; what opens in the
    morning must say so (`"09:00-익일 02:00"`) or close by 01:00. Equal ends are how official files
    say "closed"; `00:00-24:00` and `00:00-23:59` are all day.
    Raises: NotOpeningHours.
    """
    spans: list[Span] = []
    for day, all_hours in days.items():
        if not 0 <= day < 7:
            raise NotOpeningHours(f"there is no day {day} in a week")
        spans += [
            (day * DAY + opens, day * DAY + closes)
            for opens, closes in map(_from_words, all_hours)
            if opens < closes
        ]
    return merged(spans)


@lru_cache(maxsize=1 << 10)
def _from_words(words: str) -> Span:
    """When a day opens and closes; kept, as the same few hours are told again and again."""
    found = _HOURS.fullmatch(words)
    if found is None:
        raise NotOpeningHours(f"not hours of a day: {words}")
    open_hour, open_minute, close_hour, close_minute = map(int, found.group(1, 2, 4, 5))
    opens, closes = open_hour * 60 + open_minute, close_hour * 60 + close_minute
    if max(opens, closes) > DAY or max(open_minute, close_minute) > 59:
        raise NotOpeningHours(f"no clock shows this: {words}")
    if opens == closes:
        return (0, 0)
    if opens == DAY:
        raise NotOpeningHours(f"opens when the day is over: {words}")
    if closes == _LAST_MINUTE:
        closes = DAY
    if found["next_day"] and opens < closes:
        raise NotOpeningHours(f"longer than a day: {words}")
    if not found["next_day"] and opens in _MORNING and _AFTER_MIDNIGHT <= closes < opens:
        raise NotOpeningHours(f"closes before the next morning, or is this the afternoon: {words}")
    return (opens, closes if opens < closes else closes + DAY)


def merged(spans: Iterable[Span]) -> Spans:
    """The same minutes in the one shape: wrapped into the week, sorted, touching spans joined."""
    inside: list[Span] = []
    for opens, closes in spans:
        if not 0 <= opens < closes <= opens + WEEK:
            raise NotOpeningHours(f"not a span of a week: {opens}-{closes}")
        start, end = opens % WEEK, opens % WEEK + closes - opens
        inside += [(start, end)] if end <= WEEK else [(start, WEEK), (0, end - WEEK)]
    joined: list[Span] = []
    for opens, closes in sorted(inside):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def by_day(spans: Spans) -> tuple[Spans, ...]:
    """Seven days, Monday first, each with its open minutes counted from its own midnight."""
    return tuple(
        tuple(
            (max(opens, start) - start, min(closes, start + DAY) - start)
            for opens, closes in spans
            if opens < start + DAY and closes > start
        )
        for start in range(0, WEEK, DAY)
    )


def minute_of_week(moment: datetime) -> int:
    """Which minute of Korea's week it is, 0 … 10,079.

    Raises: ValueError, for a moment without a time zone, which is no moment.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    here = moment.astimezone(KOREA)
    return here.weekday() * DAY + here.hour * 60 + here.minute
