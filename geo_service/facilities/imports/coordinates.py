"""Latitude and longitude as files write them."""

from collections.abc import Sequence
from math import cos, hypot, isfinite, radians
from typing import NamedTuple

from geo_service.facilities.imports.reasons import because
from geo_service.facilities.schemas import Reason
from geo_service.geo.place import Place

_LAT = (33.0, 38.7)
"""From Marado to the northernmost village of the Republic."""

_LNG = (124.5, 132.0)
"""From Baengnyeongdo to Dokdo."""

_PLACEHOLDER = (34.1234567, 123.1234567)
"""The example printed in the form."""

_METRES_PER_DEGREE = 111_320.0

_MOST_DIGITS = 4
"""Of a whole part that counts degrees, or was dragged beyond them."""


class Point(NamedTuple):
    """What the two cells say, and what speaks against it."""

    place: Place | None
    doubt: Reason | None = None
    swapped: Place | None = None
    """The place with latitude and longitude exchanged, where only that is in Korea."""


def read_point(lat_cell: str, lng_cell: str) -> Point:
    """The place in two cells."""
    found = f"{lat_cell}, {lng_cell}"
    try:
        lat, lng = float(lat_cell or 0), float(lng_cell or 0)
    except ValueError:
        return Point(None, because("not-a-point", found=found))
    if in_korea(lat, lng):
        return Point(Place(lat, lng))
    if in_korea(lng, lat):
        return Point(None, because("swapped-unsure"), Place(lng, lat))
    return Point(None, _strange(lat, lng, found))


def _strange(lat: float, lng: float, found: str) -> Reason:
    """Why two numbers are no place in Korea."""
    if lat == 0 or lng == 0:
        return because("no-point")
    if (lat, lng) == _PLACEHOLDER:
        return because("placeholder-point")
    return because("outside-korea" if isfinite(lat + lng) else "not-a-point", found=found)


def in_korea(lat: float, lng: float) -> bool:
    """Whether these are degrees in the Republic's box."""
    return _LAT[0] <= lat <= _LAT[1] and _LNG[0] <= lng <= _LNG[1]


def dragged(cells: Sequence[tuple[str, str]]) -> set[int]:
    """Indexes of points that a spreadsheet's fill handle made from the one above.

    It counts a single number up by one a row, so the whole part grows and the digits behind the
    point stay.
    """
    return {
        index
        for index in range(1, len(cells))
        if _is_next(cells[index - 1], cells[index]) and "" not in cells[index]
    }


def _is_next(above: tuple[str, str], here: tuple[str, str]) -> bool:
    lat = _step(above[0], here[0])
    if lat not in (0, 1):  # as nearly always
        return False
    lng = _step(above[1], here[1])
    return lng in (0, 1) and lat + lng > 0


def _step(above: str, here: str) -> int | None:
    """By how much the whole part grew while a real fraction stayed; None if not so."""
    whole, _, fraction = above.partition(".")
    whole_here, _, fraction_here = here.partition(".")
    if len(fraction) < 3 or fraction != fraction_here or not (whole + whole_here).isdecimal():
        return None
    if not whole or not whole_here or max(len(whole), len(whole_here)) > _MOST_DIGITS:
        return None
    return int(whole_here) - int(whole)


def roughly_m(a: Place, b: Place) -> float:
    """Distance as on a flat map: off by less than 1 % across Korea, and quick."""
    east = (a.lng - b.lng) * cos(radians((a.lat + b.lat) / 2))
    return hypot(a.lat - b.lat, east) * _METRES_PER_DEGREE
