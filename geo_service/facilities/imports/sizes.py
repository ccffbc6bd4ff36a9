"""Numbers and dates in cells."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(?:명|인|석|㎡|m2|m²|평방미터)?")
_DATE = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})\.?")


@lru_cache(maxsize=1 << 12)
def read_number(cell: str) -> Decimal | None:
    """A number of people or square metres, its unit left off; None is not a number."""
    found = _NUMBER.fullmatch(cell)
    return Decimal(found[1].replace(",", "") + (found[2] or "")) if found else None


@lru_cache(maxsize=1 << 12)
def read_date(cell: str) -> date | None:
    """`2023-04-07`, also with dots or without any; None is not a date of this century."""
    found = _DATE.fullmatch(cell)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 2100 else None
