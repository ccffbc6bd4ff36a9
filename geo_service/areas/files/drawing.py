"""A map file as an operator has it: GeoJSON, GeoPackage or Shapefile, in any declared grid."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo_service.areas.files.columns import code_column, name_column
from geo_service.areas.files.layers import read_layer
from geo_service.areas.files.shapes import as_multipolygon, repaired
from geo_service.errors import Invalid

KOREA_BOX = (124.0, 32.0, 132.5, 43.1)
"""West, south, east, north: every island included. Units: degrees."""


class NoCoordinateSystem(Invalid):
    """The file does not say in which coordinate system it is drawn."""


class NotOutlines(Invalid):
    """Some rows have no outline."""


class OutsideKorea(Invalid):
    """Some outlines lie outside Korea."""


class UnusableCode(Invalid):
    """Some codes cannot be used."""


class RepeatedCode(Invalid):
    """Some codes stand in more than one row."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One row of a map file."""

    code: str
    """As written, digits only."""
    name: str
    """As written: a dong alone, or with the province and district before it."""
    outline: MultiPolygon
    """Valid, in longitude and latitude on WGS 84."""
    was_repaired: bool = False


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What a file does not say of itself."""

    code_column: str | None = None
    name_column: str | None = None
    layer: str | None = None
    grid: str | None = None
    """The coordinate system, as `EPSG:5179`."""


def read_drawing(path: Path, how: HowToRead | None = None) -> list[Drawn]:
    """Every row of a map file, or none: a file with one bad row is refused as a whole.

    Raises: NoCoordinateSystem, NotOutlines, OutsideKorea, UnusableCode, RepeatedCode, and those
    of `files.layers` and `files.columns`.
    """
    how = how or HowToRead()
    layer = read_layer(path, how.layer)
    columns, written = layer.columns, layer.shapes
    codes = [_digits(code) for code in columns[code_column([*columns], how.code_column)]]
    names = [str(name or "").strip() for name in columns[name_column([*columns], how.name_column)]]
    _check_codes(codes, names)
    _check_outlines([shape is not None and _is_surface(shape) for shape in written], names)
    shapes = _on_wgs84(written, layer.grid, how.grid)
    _check_in_korea(shapes, names)
    valid = [bool(each) for each in shapely.is_valid(shapes)]
    outlines = [
        as_multipolygon(shape) if is_valid else repaired(shape)
        for shape, is_valid in zip(shapes, valid, strict=True)
    ]
    _check_outlines([not outline.is_empty for outline in outlines], names)
    return [
        Drawn(code, name, outline, was_repaired=not is_valid)
        for code, name, outline, is_valid in zip(codes, names, outlines, valid, strict=True)
    ]


def _digits(code: Any) -> str:
    """The code as text, also where a spreadsheet made a number of it."""
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return "" if code is None else str(code).strip().removesuffix(".0")


def _check_codes(codes: Sequence[str], names: Sequence[str]) -> None:
    if not codes:
        raise NotOutlines("파일에 구역이 하나도 없습니다. There is not one area in the file.")
    bad = [
        f"{row}행 '{code}'"
        for row, code in enumerate(codes, 1)
        if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 10)
    ]
    if bad:
        raise UnusableCode(f"코드가 숫자가 아닙니다: {_some(bad)}. Codes must be digits.")
    nameless = [f"{row}행" for row, name in enumerate(names, 1) if not name]
    if nameless:
        raise UnusableCode(f"이름이 비어 있습니다: {_some(nameless)}. Some names are empty.")
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        raise RepeatedCode(
            f"같은 코드가 두 번 이상 나옵니다: {_some(twice)}. Each code may stand in one row only."
        )


def _is_surface(shape: BaseGeometry) -> bool:
    return shape.geom_type in {"Polygon", "MultiPolygon"} and not shape.is_empty


def _check_outlines(good: Sequence[bool], names: Sequence[str]) -> None:
    bad = [name for name, is_good in zip(names, good, strict=True) if not is_good]
    if bad:
        raise NotOutlines(
            f"경계(면)가 없는 구역이 있습니다: {_some(bad)}. Each row needs a polygon with an area."
        )


def _on_wgs84(
    shapes: Sequence[BaseGeometry | None], declared: str | None, named: str | None
) -> list[BaseGeometry]:
    grid = named or declared
    if grid is None:
        raise NoCoordinateSystem(
            "좌표계가 적혀 있지 않습니다(.prj 없음). --crs EPSG:5179 처럼 알려 주세요. "
            "Say with --crs in which coordinate system the file is drawn."
        )
    try:
        turn = Transformer.from_crs(CRS.from_user_input(grid), "EPSG:4326", always_xy=True)
    except CRSError as error:
        raise NoCoordinateSystem(
            f"모르는 좌표계입니다: {grid[:60]}. This coordinate system is not known."
        ) from error
    return list(shapely.transform(shapes, turn.transform, interleaved=False))


def _check_in_korea(shapes: Sequence[BaseGeometry], names: Sequence[str]) -> None:
    west, south, east, north = KOREA_BOX
    outside = [
        name
        for name, (left, bottom, right, top) in zip(names, shapely.bounds(shapes), strict=True)
        if not (west <= left <= right <= east and south <= bottom <= top <= north)
    ]
    if outside:
        raise OutsideKorea(
            f"한국 밖에 그려진 구역이 {len(outside)}개 있습니다: {_some(outside)}. 좌표계가 맞는지 "
            "확인하고 --crs 로 알려 주세요. Some outlines lie outside Korea: check --crs."
        )


def _some(things: Sequence[str], most: int = 5) -> str:
    more = len(things) - most
    return ", ".join(things[:most]) + (f" 외 {more}개" if more > 0 else "")
