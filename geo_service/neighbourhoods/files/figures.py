"""How many households live where, as statistics offices tell it: CSV or TSV, with a heading.

cell, households                        hexagons of H3, in hex or as numbers
행정동코드 or 시군구 and 동, 세대수        dongs, whose homes are spread over their hexagons
…, 계 or 인구                             the same in people, with `people_per_home`
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
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

_COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(?:\.0+)?\s*(?:세대|가구|호|명|인)?")

_MOST, _MOST_HOMES = 1_000_000, 60_000_000
"""Of one place, and of the whole country, people included."""

_HEX_CELL = re.compile(r"[0-9a-fA-F]{1,16}")
_DECIMAL_CELL = re.compile(r"[0-9]{17,20}")

_NO_CELL = 1 << 63
"""The highest bit of a cell is never set."""

_TOLD = 10
"""So many rows are named that cannot be read."""


class NotFiguresOfHomes(Invalid):
    """This file does not say how many households live where.

    It has no column of households, or counts people and nobody said how many live together; or
    the detail says in which lines it cannot be read.
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
    text = _decoded(content)
    first = text.partition("\n")[0]
    rows = _rows(text, "\t" if "\t" in first else ",")
    _, head = next(rows, (1, []))
    columns = _columns(head)
    per_home = 1.0 if "homes" in columns else people_per_home
    if per_home is None or per_home <= 0 or not {"homes", "people"} & columns.keys():
        raise NotFiguresOfHomes
    if not {"cell", "code", "dong"} & columns.keys():
        raise NotFiguresOfHomes
    figures: list[Figure] = []
    refused: list[str] = []
    for line, row in rows:
        try:
            figures += _figures(line, row, columns, per_home)
        except ValueError as error:
            refused.append(f"{line}번째 줄: {error}")
    if refused:
        more = f" 이런 줄이 모두 {len(refused):,}개입니다." if len(refused) > _TOLD else ""
        raise NotFiguresOfHomes(" ".join(refused[:_TOLD]) + more)
    if not figures:
        raise NotFiguresOfHomes("제목 줄과 합계 말고는 자료가 없습니다.")
    if sum(figure.homes for figure in figures) > _MOST_HOMES:
        raise NotFiguresOfHomes("세대수를 모두 더하면 우리나라에 있는 것보다 많습니다.")
    return figures


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotFiguresOfHomes("글자를 읽을 수 없습니다. ‘CSV UTF-8’로 다시 저장해 주세요.")


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Those that are not blank, each with the line where it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotFiguresOfHomes(
            f"{line}번째 줄: 칸을 나눌 수 없습니다. 닫히지 않은 따옴표가 있는지 살펴봐 주세요."
        ) from error


def _columns(head: Sequence[str]) -> dict[str, int]:
    plain = [re.sub(r"[\s()]", "", name).lower() for name in head]
    return {
        meaning: plain.index(name)
        for meaning, names in HEADINGS.items()
        for name in reversed(names)
        if name in plain
    }


def _figures(
    line: int, row: Sequence[str], columns: Mapping[str, int], per_home: float
) -> Iterator[Figure]:
    """What a row says; nothing of a sum. Raises: ValueError, in a Korean sentence."""
    said = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
    if said.get("dong") in _SUMS or said.get("kind", "") not in _WHOLE:
        return
    count = _count(said.get("homes" if "homes" in columns else "people", ""))
    cell, code, dong = (said.get(name, "") for name in ("cell", "code", "dong"))
    if not (cell or code or dong):
        raise ValueError("어느 곳의 수인지 적혀 있지 않습니다.")
    yield Figure(
        line,
        round(count / per_home),
        cell=_cell(cell) if cell else None,
        code=code,
        district=said.get("district", ""),
        dong=dong,
    )


def _count(written: str) -> int:
    """1300, 1,300, 1,300세대 and 1300.0. Raises: ValueError."""
    found = _COUNT.fullmatch(written)
    count = int(found[1].replace(",", "")) if found else _MOST + 1
    if count > _MOST:
        raise ValueError(f"‘{written[:20]}’은(는) 한 곳의 세대수나 인구가 아닙니다.")
    return count


def _cell(written: str) -> int:
    """8930e1d8013ffff, or the same as a decimal number. Raises: ValueError."""
    if _DECIMAL_CELL.fullmatch(written):
        cell = int(written)
    else:
        cell = int(written, 16) if _HEX_CELL.fullmatch(written) else _NO_CELL
    if cell >= _NO_CELL:
        raise ValueError(f"‘{written[:20]}’은(는) H3 칸이 아닙니다.")
    return cell
