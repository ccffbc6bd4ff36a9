"""Which listings may be found at all, as conditions that the partial indexes answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Integer,
    Text,
    all_,
    and_,
    bindparam,
    literal_column,
    not_,
    or_,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

from geo_service.clock import KOREA
from geo_service.hours.closures import tokens_on
from geo_service.hours.week import minute_of_week
from geo_service.listings.models import Kind, Listing

AT = bindparam("at", type_=TIMESTAMP(timezone=True))
"""The moment of the question."""

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
    escaped = words.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    patterns = [f"%{word}%" for word in escaped.split()]
    return {"words": patterns, "longest": max(patterns, key=len, default="%")}


def open_then() -> ColumnElement[bool]:
    """Whether the door is open `:open_at` a moment; unknown hours are not open."""
    minute = bindparam("minute", type_=Integer)
    days = bindparam("day_tokens", type_=ARRAY(Text))
    return and_(
        Listing.open_during.contains(_OPEN_AT),
        or_(Listing.open_week.is_(None), Listing.open_week.bool_op("@>")(minute)),
        not_(Listing.closed_days.bool_op("&&")(days)),
    )


def open_values(moment: datetime) -> dict[str, object]:
    """The values of `open_then` for a moment."""
    return {
        "open_at": moment,
        "minute": minute_of_week(moment),
        "day_tokens": sorted(tokens_on(moment.astimezone(KOREA).date())),
    }
