"""The hexagons that tile the map (H3), for counting and for finding rare kinds."""

from functools import lru_cache
from math import ceil, cos, radians, sin, sqrt

from h3.api import basic_int as h3

from geo_service.geo.ellipsoid import earth_xyz
from geo_service.geo.place import Place

RESOLUTION = 9
"""Hexagons with edges of about 200 m: some forty meet the circle of one walk."""

_STEP_M = 0.381966011250105 / 7 ** (RESOLUTION / 2)
"""Distance between neighbours at a face's centre, in radians."""

_GREATEST_M = 6_399_594.0
_SMALLEST_M = 6_335_439.0
_CORNERS = [h3.cell_to_latlng(cell) for cell in h3.get_pentagons(0)]
_VERTICES = [
    (cos(radians(a)) * cos(radians(o)), cos(radians(a)) * sin(radians(o)), sin(radians(a)))
    for a, o in _CORNERS
]


def cell_of(place: Place) -> int:
    """The hexagon that holds `place`, as a 64-bit integer."""
    return int(h3.latlng_to_cell(place.lat, place.lng, RESOLUTION))


def cells_within(place: Place, radius_m: float) -> frozenset[int]:
    """Hexagons that together cover the circle of `radius_m` around `place`.

    A superset: hexagons on the rim reach past the circle, so filter by distance after.
    """
    smaller = 0.794654 * 0.794654
    rings = ceil((radius_m / (_STEP_M * _SMALLEST_M * smaller) + 2 / sqrt(3)) * 2 / sqrt(3)) - 1
    x, y, z = earth_xyz(place)
    reach2 = (radius_m + _STEP_M * _GREATEST_M / sqrt(3)) ** 2
    return frozenset(
        cell
        for cell in h3.grid_disk(cell_of(place), rings)
        for cx, cy, cz in (_centre_xyz(cell),)
        if (cx - x) ** 2 + (cy - y) ** 2 + (cz - z) ** 2 <= reach2
    )


def parent_of(cell: int, resolution: int) -> int:
    """The larger hexagon that `cell` is counted under."""
    return int(h3.cell_to_parent(cell, resolution))


def parent_bits(resolution: int) -> tuple[int, int]:
    """`keep, put` such that `cell & keep | put` is a cell's parent, in SQL too."""
    digits = (1 << 3 * (15 - resolution)) - 1
    return ~(0xF << 52) & 0x7FFF_FFFF_FFFF_FFFF, resolution << 52 | digits


def children_range(parent: int) -> tuple[int, int]:
    """The first and the last integer a hexagon of `RESOLUTION` under `parent` can have."""
    levels = RESOLUTION - h3.get_resolution(parent)
    shift = 3 * (15 - RESOLUTION)
    digits = ((1 << 3 * levels) - 1) << shift
    low = (parent & ~(0xF << 52) | RESOLUTION << 52) & ~digits
    return low, low | digits


def cell_centre(cell: int) -> Place:
    """The middle of a hexagon."""
    return Place(*h3.cell_to_latlng(cell))


def cell_outline(cell: int) -> list[Place]:
    """The corners of a hexagon, the first one again at the end."""
    corners = [Place(lat, lng) for lat, lng in h3.cell_to_boundary(cell)]
    return [*corners, corners[0]]


@lru_cache(maxsize=1 << 15)
def _centre_xyz(cell: int) -> tuple[float, float, float]:
    return earth_xyz(cell_centre(cell))
