"""Cells of a row as people read them, where they mean what they should."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple


class Told(NamedTuple):
    """What the cells of one row mean; None where they mean nothing."""

    works_from: date | None
    works_until: date | None
    pay_won: int | None


def told(cells: Mapping[str, Sequence[str]]) -> Told:
    """The days and the pay of a row."""
    first, last = (_day("".join(cells.get(name, ()))) for name in ("works_from", "works_until"))
    return Told(first, last, _won("".join(cells.get("pay_won", ()))))


def _day(cell: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(cell)
    return None


def _won(cell: str) -> int | None:
    digits = cell.replace(",", "").removesuffix("원").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() else None
