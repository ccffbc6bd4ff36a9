"""Which listings may be found at all, as conditions that the partial indexes answer."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Integer,
    Text,
    all_,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

from geo_service.clock import KOREA
from geo_service.hours.closures import tokens_on
from geo_service.hours.week import DAY, WEEK, minute_of_week
from geo_service.listings.models import Kind, Listing

AT = bindparam("at", type_=TIMESTAMP(timezone=True))
"""The moment of the question."""

TRIGRAM = 3
"""Signs of which the index of words has a list each."""

_LETTERS = re.compile(r"[^\W_]+")

_OPEN_AT = bindparam("open_at", type_=TIMESTAMP(timezone=True))


def on_offer() -> ColumnElement[bool]:
    """Published for everybody, not closed, and to be had `:at` that moment."""
    return and_(Listing.shown, Listing.published_at <= AT, Listing.open_during.contains(AT))


def of_kinds(kinds: tuple[Kind, ...]) -> Iterator[ColumnElement[bool]]:
    """Only these kinds. Written out, so that every set of kinds has a plan of its own."""
    if kinds:
        written = ", ".join(f"'{kind.value}'" for kind in kinds)
        yield literal_column(f"listing.kind IN ({written})", Boolean)


def with_words() -> ColumnElement[bool]:
    """All of `:words` in the title, the office or the address, as LIKE patterns.

    `:longest` of them stands for itself too: that is what the index on words can look up.
    """
    longest = Listing.words.like(bindparam("longest", type_=Text))
    every = Listing.words.op("LIKE", return_type=Boolean())(
        all_(bindparam("words", type_=ARRAY(Text)))
    )
    return and_(longest, every)


def word_values(words: str) -> dict[str, Any]:
    """The patterns for what somebody typed: every word must occur, spaces do not matter."""
    typed = normalize("NFC", words).lower()
    escaped = typed.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    patterns = [f"%{word}%" for word in escaped.split()]
    return {"words": patterns, "longest": max(patterns, key=_looked_up, default="%")}


def _looked_up(pattern: str) -> tuple[int, int]:
    """How much of it the index of words can look up: letters and digits in one piece."""
    return max(map(len, _LETTERS.findall(pattern)), default=0), len(pattern)


def has_trigram(pattern: str) -> bool:
    """Whether the index of words can look it up at all."""
    return _looked_up(pattern)[0] >= TRIGRAM


def open_then() -> ColumnElement[bool]:
    """Whether the door is open `:open_at` a moment; unknown hours are not open.

    A meeting is, while it takes place.

    What opened in the evening and goes on past midnight asks that evening's closed days.
    """
    minute = bindparam("minute", type_=Integer)
    days, eve_days = (
        bindparam(name, type_=ARRAY(Text)) for name in ("day_tokens", "eve_day_tokens")
    )
    return and_(
        Listing.open_during.contains(_OPEN_AT),
        or_(Listing.open_week.is_(None), Listing.open_week.bool_op("@>")(minute)),
        or_(literal_column("listing.kind <> 'meeting'", Boolean), _has_begun()),
        not_(Listing.closed_days.bool_op("&&")(case((_since_evening(), eve_days), else_=days))),
    )


def _has_begun() -> ColumnElement[bool]:
    """Whether what happens once is under way; when it is over is the end of `open_during`."""
    begins_at = literal_column("(listing.essentials ->> 'begins_at')::timestamptz", TIMESTAMP)
    return begins_at <= _OPEN_AT


def _since_evening() -> ColumnElement[bool]:
    """Whether it has been open since the evening before, and will not be until noon.

    The same cut that `hours.korean` makes; round the clock is no evening.
    """

    def open_throughout(since: str, until: str) -> ColumnElement[bool]:
        span = func.int4range(bindparam(since, type_=Integer), bindparam(until, type_=Integer))
        return Listing.open_week.bool_op("@>")(span)

    return and_(
        open_throughout("midnight", "next_minute"),
        open_throughout("last_minute", "eve_ends"),
        not_(open_throughout("eve_begins", "eve_ends")),
        not_(open_throughout("midnight", "noon")),
    )


def open_values(moment: datetime) -> dict[str, object]:
    """The values of `open_then` for a moment."""
    minute = minute_of_week(moment)
    midnight = minute - minute % DAY
    eve = (midnight - DAY) % WEEK
    today = moment.astimezone(KOREA).date()
    return {
        "open_at": moment,
        "minute": minute,
        "next_minute": minute + 1,
        "midnight": midnight,
        "noon": midnight + DAY // 2,
        "eve_begins": eve,
        "last_minute": eve + DAY - 1,
        "eve_ends": eve + DAY,
        "day_tokens": sorted(tokens_on(today)),
        "eve_day_tokens": sorted(tokens_on(today - timedelta(days=1))),
    }
