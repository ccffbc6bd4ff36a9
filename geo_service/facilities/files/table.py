"""A table as somebody sent it: columns, and rows that remember their line."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from geo_service.errors import Invalid

MAX_BYTES = 100_000_000
"""Fifty times the national file; larger is a mistake or an attack."""

MAX_ROWS = 200_000
"""Thirty times the national file."""

TOLERATED = 0.1
"""The share of broken rows above which the whole file is taken for broken."""


class Unreadable(Invalid):
    """This file cannot be read."""

    def __init__(self, detail: str, *, line: int | None = None) -> None:
        super().__init__(detail if line is None else f"{line}번째 줄: {detail}", line=line)
        self.line = line


class Row(NamedTuple):
    """One record, cell by cell in the order of the columns."""

    line: int
    """Where it begins in the file: a line of text, a row of a sheet, a record of JSON."""
    cells: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """What a file says, word for word."""

    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    """Rows with more or fewer cells than there are columns."""

    def take(self, line: int, cells: list[str]) -> None:
        """Add a row; cells beyond the last column must be blank."""
        width = len(self.columns)
        if len(cells) > width and not any(cells[width:]):
            del cells[width:]
        if len(self.rows) + len(self.broken) >= MAX_ROWS:
            raise Unreadable(f"행이 {MAX_ROWS:,}개를 넘습니다. 파일을 나누어 주세요.", line=line)
        (self.rows if len(cells) == width else self.broken).append(Row(line, tuple(cells)))

    def checked(self) -> "Table":
        """This table, if enough of its rows are whole. Raises: Unreadable."""
        if not self.rows and not self.broken:
            raise Unreadable("제목 줄만 있고 자료가 없습니다.")
        self._leave_out_hollow()
        if len(self.broken) > TOLERATED * (len(self.rows) + len(self.broken)):
            first = self.broken[0]
            raise Unreadable(
                f"칸이 {len(first.cells)}개인데 제목은 {len(self.columns)}개입니다. 이런 줄이"
                f" {len(self.broken):,}개라 파일 전체를 믿을 수 없습니다. 칸 안의 쉼표와"
                " 따옴표가 깨지지 않게 다시 저장해 주세요.",
                line=first.line,
            )
        return self

    def _leave_out_hollow(self) -> None:
        """Columns without a name that hold nothing are no columns; as long as no row is broken."""
        hollow = {
            place
            for place, name in enumerate(self.columns)
            if name == nameless(place) and not any(row.cells[place] for row in self.rows)
        }
        if hollow and not self.broken:
            kept = [place for place in range(len(self.columns)) if place not in hollow]
            self.columns = tuple(self.columns[place] for place in kept)
            self.rows = [
                Row(line, tuple(cells[place] for place in kept)) for line, cells in self.rows
            ]


def nameless(place: int) -> str:
    """What a column without a name is called. Order: counted from 0."""
    return f"{place + 1}번째 칸"


def column_name(cell: str) -> str:
    """A cell of the header without blanks inside."""
    return "".join(cell.split()).strip('"\ufeff')


def column_names(cells: list[str]) -> tuple[str, ...]:
    """The header without blanks inside or behind; who has no name is called by its position.

    Raises: Unreadable, if a name repeats.
    """
    names = [column_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    names = [name or nameless(place) for place, name in enumerate(names)]
    repeated = sorted(name for name, times in Counter(names).items() if times > 1)
    if repeated:
        raise Unreadable(f"제목 줄에 같은 이름이 거듭 나옵니다: {', '.join(repeated)}")
    return tuple(names)
