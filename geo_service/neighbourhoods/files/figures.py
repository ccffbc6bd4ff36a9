"""How many households live where, as statistics offices tell it: CSV or TSV, with a heading.

cell, households                        hexagons of H3, in hex or as numbers
행정동코드 or 시군구 and 동, 세대수        dongs, whose homes are spread over their hexagons
…, 계 or 인구                             the same in people, with `people_per_home`
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from geo_service.errors import Invalid

HEADINGS = {
    "cell": ("cell", "h3", "셀"),
    "code": ("행정동코드", "행정구역코드", "법정동코드", "코드", "code"),
    "district": ("자치구", "시군구", "시군구명", "구", "district"),
    "dong": ("동", "읍면동", "행정동", "행정동명", "읍면동명", "dong", "name"),
    "homes": ("세대", "세대수", "가구", "가구수", "households", "homes"),
    "people": ("계", "인구", "인구수", "총인구", "총인구수", "population"),
    "kind": ("구분",),
}
"""What the columns of a file may be called."""

_SUMS = {"합계", "소계", "계", "총계"}
_WHOLE = {"계", "합계", "전체", ""}


class NotFiguresOfHomes(Invalid):
    """This file does not say how many households live where.

    It has no column of households, or counts people and nobody said how many live together.
    """


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: a hexagon, or a dong by code or by name."""

    line: int
    homes: int
    cell: int | None = None
    code: str = ""
    district: str = ""
    dong: str = ""


def read_figures(content: bytes, people_per_home: float | None = None) -> list[Figure]:
    """All of a file, without its sums. Raises: NotFiguresOfHomes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp949", errors="replace")
    first = text.partition("\n")[0]
    rows = csv.reader(StringIO(text), delimiter="\t" if "\t" in first else ",")
    head = next(rows, [])
    columns = _columns(head)
    per_home = 1.0 if "homes" in columns else people_per_home
    if per_home is None or per_home <= 0 or not {"homes", "people"} & columns.keys():
        raise NotFiguresOfHomes
    if not {"cell", "code", "dong"} & columns.keys():
        raise NotFiguresOfHomes
    return list(_figures(rows, columns, per_home))


def _columns(head: Sequence[str]) -> dict[str, int]:
    plain = [re.sub(r"[\s()]", "", name).lower() for name in head]
    return {
        meaning: plain.index(name)
        for meaning, names in HEADINGS.items()
        for name in reversed(names)
        if name in plain
    }


def _figures(
    rows: Iterator[list[str]], columns: dict[str, int], per_home: float
) -> Iterator[Figure]:
    for line, row in enumerate(rows, 2):
        said = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        is_sum = said.get("dong") in _SUMS or said.get("kind", "") not in _WHOLE
        count = said.get("homes" if "homes" in columns else "people", "").replace(",", "")
        if is_sum or not count.isdecimal():
            continue
        cell = said.get("cell", "")
        yield Figure(
            line,
            round(int(count) / per_home),
            cell=_cell(cell) if cell else None,
            code=said.get("code", ""),
            district=said.get("district", ""),
            dong=said.get("dong", ""),
        )


def _cell(written: str) -> int:
    """8930e1d8013ffff, or the same as a decimal number. Raises: NotFiguresOfHomes."""
    try:
        return int(written, 10 if written.isdecimal() and len(written) > 16 else 16)
    except ValueError:
        raise NotFiguresOfHomes from None
