"""What a room costs: the files' words, and a number of won where they leave no doubt."""

import re
from functools import lru_cache
from typing import NamedTuple

from geo_service.facilities.imports.words import fit, something

_FREE = frozenset({"무료", "무료개방", "무료개방시설", "0", "0원"})
_AMOUNT = re.compile(r"(?:1회\s*)?(\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.0+)?\s*원?")
_PER_HOURS = re.compile(
    r"(\d{1,2})\s*시간(?:당|에|\s*기준)?\s*(\d{1,3}(?:,\d{3}){1,5}|\d{3,7})\s*원"
)
_LEAST_WON, _MOST_WON = 100, 10_000_000
"""Smaller or larger numbers in the column are rates, counts or slips."""

_LONGEST_MINUTES = 24 * 60
"""Larger numbers in the column of hours are minutes or slips."""


class Fee(NamedTuple):
    """What it costs."""

    words: str
    won: int | None = None
    """For `minutes`; 0 is free; None where the words leave a doubt."""
    minutes: int | None = None


@lru_cache(maxsize=1 << 12)
def read_fee(paid: str, hours: str, fee: str, more_hours: str = "", more_fee: str = "") -> Fee:
    """The fee in five cells; fees repeat, so what was read is kept.

    Order: `유료사용여부`, `사용기준시간`, `사용료`, and for going on longer `초과사용단위시간`,
    `초과사용료`.
    """
    paid = paid.upper()
    fee = something(fee)
    if paid == "N":
        return Fee("무료", 0) if not fee or fee in _FREE else Fee(fit(f"무료 표시, {fee}", 500))
    if fee in _FREE:
        told = not fee.startswith("0")
        return Fee("무료", 0) if told else Fee("유료" if paid == "Y" else "")
    if found := _PER_HOURS.fullmatch(fee):
        hours, fee = found.groups()
    won = _won(fee)
    if won is None:
        return Fee(fit(fee, 500) or ("유료" if paid == "Y" else ""))
    minutes = _minutes(hours)
    words = f"{f'{_hours_words(minutes)} ' if minutes else ''}{won:,}원"
    more_won, more_minutes = _won(more_fee), _minutes(more_hours)
    if more_won and more_minutes:
        words += f", 초과 {_hours_words(more_minutes)}마다 {more_won:,}원"
    return Fee(words, won, minutes) if minutes else Fee(words)


def _won(words: str) -> int | None:
    found = _AMOUNT.fullmatch(words)
    won = int(found[1].replace(",", "")) if found else 0
    return won if _LEAST_WON <= won <= _MOST_WON else None


def _minutes(hours: str) -> int | None:
    try:
        minutes = round(float(hours) * 60)
    except (ValueError, OverflowError):
        return None
    return minutes if 10 <= minutes <= _LONGEST_MINUTES else None


def _hours_words(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return " ".join([f"{whole}시간"] * bool(whole) + [f"{rest}분"] * bool(rest))
