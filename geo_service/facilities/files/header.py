"""Where a table begins: titles, dates and notes may stand above its header."""

import csv
from collections.abc import Collection, Sequence
from io import StringIO
from itertools import islice
from typing import NamedTuple

from geo_service.facilities.files.table import Unreadable, column_name

DELIMITERS = (",", "\t", ";", "|")
"""What may stand between two cells; the usual one first."""

_HIGHEST = 5
"""A header stands in one of so many first lines."""

_ENOUGH = 2
"""So many known names make a header; one alone may be a word of a title."""


class Beginning(NamedTuple):
    """Where the header of a text is, and what parts its cells."""

    line: int
    """Counted from 0."""
    delimiter: str


def beginning_of(text: str, names: Collection[str]) -> Beginning:
    """The line with most of the names; the first one, with commas, where none has enough.

    Raises: Unreadable, where two delimiters find equally many names in it.
    """
    found = [
        (_known(_cells(line, delimiter), names), -number, delimiter)
        for number, line in enumerate(islice(StringIO(text, newline=""), _HIGHEST))
        for delimiter in DELIMITERS
        if delimiter in line
    ]
    most, number, delimiter = max(found, default=(0, 0, ","), key=lambda each: each[:2])
    if most < _ENOUGH:
        return Beginning(0, ",")
    if sum(each[:2] == (most, number) for each in found) > 1:
        raise Unreadable(
            "제목 줄의 칸을 무엇으로 나누었는지 알 수 없습니다. 쉼표로 나눈 CSV로 다시 저장해"
            " 주세요.",
            line=1 - number,
        )
    return Beginning(-number, delimiter)


def is_known(grid: Sequence[Sequence[str]], names: Collection[str]) -> bool:
    """Whether one of a sheet's first rows is a header."""
    return _known(grid[header_row(grid, names)], names) >= _ENOUGH


def header_row(grid: Sequence[Sequence[str]], names: Collection[str]) -> int:
    """The same for rows of a sheet; the first row that is not empty where none has enough."""
    filled = [number for number, cells in enumerate(grid) if any(cells)][:_HIGHEST]
    best = max(filled, default=0, key=lambda number: (_known(grid[number], names), -number))
    known = _known(grid[best], names) if filled else 0
    return best if known >= _ENOUGH else min(filled, default=0)


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line; none of a line too long for a header."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _known(cells: Sequence[str], names: Collection[str]) -> int:
    return len({column_name(cell) for cell in cells}.intersection(names))
