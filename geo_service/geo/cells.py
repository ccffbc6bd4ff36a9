"""The hexagons that tile the map (H3): for rare kinds, for counts on the map, for alerts."""

from functools import lru_cache
from math import ceil, cos, dist, radians, sin, sqrt

from h3.api import basic_int as h3

from geo_service.geo.ellipsoid import earth_xyz
from geo_service.geo.place import Place

RESOLUTION = 9
"""The one resolution that rows are kept at; coarser ones are read off it (`parent_bits`).

In Korea, where hexagons are a third smaller than H3's averages, the cover of a walk's circle is

    resolution   hexagons   their area / the circle's   rings, anywhere on Earth
    8                   9                         3.0                          2
    9                  33                         1.6                          4
    10                174                         1.2                         10
    11              1,073                         1.1                         24

Every hexagon is a probe of the index and a microsecond of Python; all area beyond the circle
is rows read in vain. From 9 to 10 five times the probes save a quarter of the rows; from 9 to 8
a quarter of the probes cost twice the rows.
"""

_STEP = 0.381966011250105 / 7 ** (RESOLUTION / 2)
"""From the centre of a hexagon to the next, in radians, on the plane of an icosahedron's face.

Source: RES0_U_GNOMONIC in H3's constants.h; each resolution is finer by √7.
"""

_FLATTEST_M, _STEEPEST_M = 6_399_594.0, 6_335_439.0
"""The Earth's greatest and least radius of curvature: metres per radian, at a pole and at the
equator."""

_FACE = sqrt(3 + 6 / sqrt(5))
"""Length of the sum of the three unit vectors to the corners of an icosahedron's face."""

_LEAST_COS = 0.7946
"""The cosine of `_cos_to_face` at a corner, where hexagons are smallest."""


def cell_of(place: Place, resolution: int = RESOLUTION) -> int:
    """The hexagon that holds `place`, as a 64-bit integer."""
    return int(h3.latlng_to_cell(place.lat, place.lng, resolution))


def cells_within(place: Place, radius_m: float) -> frozenset[int]:
    """Hexagons that together cover the circle of `radius_m` around `place`, anywhere on Earth.

    A superset: hexagons on the rim reach past the circle, so filter by distance after. It is
    tight: a hexagon is taken when the circle around its corners meets the circle asked for,
    which is one in sixteen more than must be, and none of those lies 60 m past the rim.

    H3 draws its hexagons on the faces of an icosahedron and throws them onto the sphere from
    its centre. At an angle θ from the middle of a face, lengths shrink by cos θ across and by
    cos² θ along: so no corner is farther from its centre than `_STEP` / √3 · cos θ, and no two
    neighbours are nearer than `_STEP` · cos² θ.

    Shape: unordered; about 33 for a walk of 700 m in Korea, 1,120 for 5 km.
    """
    cos_face = _cos_to_face(place)
    drift = (radius_m + 1000) / _STEEPEST_M  # cos θ changes by less, from here to the rim
    shrink = max(_LEAST_COS, cos_face - drift) ** 2
    reach_m = radius_m + _FLATTEST_M * _STEP / sqrt(3) * (cos_face + drift)
    here = earth_xyz(place)
    return frozenset(
        cell
        for cell in h3.grid_disk(cell_of(place), _rings(radius_m, shrink))
        if dist(here, _centre_xyz(cell)) <= reach_m
    )


def parent_of(cell: int, resolution: int) -> int:
    """The larger hexagon that `cell` is counted under."""
    return int(h3.cell_to_parent(cell, resolution))


def parent_bits(resolution: int) -> tuple[int, int]:
    """`keep, put` such that `cell & keep | put` is the parent of any finer cell, in SQL too.

    Four bits of an index name its resolution; then fifteen digits of three bits lead from the
    base cell down to it, and those below its own resolution are all 7.
    Source: https://h3geo.org/docs/core-library/h3Indexing
    """
    return _ALL_BITS & ~_RESOLUTION_BITS, _resolution_bits(resolution) | _digits_below(resolution)


def children_range(parent: int) -> tuple[int, int]:
    """The least and the greatest integer of all hexagons of `RESOLUTION` under `parent`.

    No other hexagon of that resolution lies between them: an index on cells finds them as a
    range.
    """
    open_digits = _digits_below(h3.get_resolution(parent)) & ~_digits_below(RESOLUTION)
    low = parent & ~_RESOLUTION_BITS & ~open_digits | _resolution_bits(RESOLUTION)
    return low, low + open_digits // 7 * 6


def cell_centre(cell: int) -> Place:
    """The middle of a hexagon."""
    return Place(*h3.cell_to_latlng(cell))


def cell_outline(cell: int) -> list[Place]:
    """The corners of a hexagon, the first one again at the end.

    Order: counter-clockwise. Across the antimeridian the sign of `lng` jumps.
    """
    corners = [Place(*corner) for corner in h3.cell_to_boundary(cell)]
    return [*corners, corners[0]]


_ALL_BITS = (1 << 63) - 1
_RESOLUTION_BITS = 0b1111 << 52


def _resolution_bits(resolution: int) -> int:
    return resolution << 52


def _digits_below(resolution: int) -> int:
    """A 7 in every digit finer than `resolution`."""
    return (1 << 3 * (15 - resolution)) - 1


def _rings(radius_m: float, shrink: float) -> int:
    """How many rings around its own hexagon hold every hexagon that touches a place's circle.

    In steps between neighbours: whoever stands in the middle hexagon is at most 1 / √3 from its
    centre; all of ring n is at least n · √3/2 - 1 / √3 from there.
    """
    steps = radius_m / (_STEEPEST_M * _STEP * shrink)
    return ceil((steps + 2 / sqrt(3)) / (sqrt(3) / 2)) - 1


def _cos_to_face(place: Place) -> float:
    """Cosine of the angle at the Earth's centre from `place` to the middle of its face.

    The corners of its face are the three nearest of the icosahedron's twelve.
    """
    x, y, z = _direction(place)
    nearness = sorted(x * a + y * b + z * c for a, b, c in _CORNERS)
    return sum(nearness[-3:]) / _FACE


def _direction(place: Place) -> tuple[float, float, float]:
    """The unit vector to `place` on H3's sphere, which takes WGS 84 latitudes as its own."""
    lat, lng = radians(place.lat), radians(place.lng)
    return cos(lat) * cos(lng), cos(lat) * sin(lng), sin(lat)


@lru_cache(maxsize=1 << 15)
def _centre_xyz(cell: int) -> tuple[float, float, float]:
    """A hexagon's centre; kept, because covers of neighbours overlap and homes come back."""
    return earth_xyz(cell_centre(cell))


_CORNERS = [_direction(cell_centre(pentagon)) for pentagon in h3.get_pentagons(0)]
"""The icosahedron's corners: in the middle of each lies a pentagon."""
