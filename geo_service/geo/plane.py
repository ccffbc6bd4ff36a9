"""The Mercator plane of the ellipsoid: conformal, so order near a point is distance order."""

from math import asinh, atanh, cos, degrees, pi, radians, sin, sqrt, tan
from typing import NamedTuple

from geo_service.geo.ellipsoid import E2, EQUATOR_M
from geo_service.geo.place import Place

_E = sqrt(E2)

ROUND_THE_EARTH = 2 * pi * EQUATOR_M
"""Width of the whole plane: what lies between the two sides of the antimeridian."""

_TIGHTEST_M = EQUATOR_M * (1 - E2)
"""The smallest radius of curvature of any meridian anywhere (at the equator)."""

_ROUNDING_M = 1e-6
"""More than rounding ever moves a point, on the ground."""

LAST_LAT = 89.0
"""The plane is used up to here; at the poles it has no end."""


class Box(NamedTuple):
    """A square on the plane around `x`, `y`: a circle's centre as its points see it."""

    x: float
    y: float
    half_width: float

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """`x1, y1, x2, y2`, the smaller ones first."""
        x, y, half = self
        return x - half, y - half, x + half, y + half


def plane_xy(place: Place) -> tuple[float, float]:
    """Where `place` lies on the plane."""
    lat = radians(place.lat)
    return (
        EQUATOR_M * radians(place.lng),
        EQUATOR_M * (asinh(tan(lat)) - _E * atanh(_E * sin(lat))),
    )


def scale_at(lat: float) -> float:
    """Plane metres per true metre at a latitude, the same in every direction."""
    phi = radians(lat)
    return sqrt(1 - E2 * sin(phi) ** 2) / cos(phi)


def on_plane(lat: float, radius_m: float) -> bool:
    """Whether a circle can be searched on the plane: it stays clear of the poles."""
    return _farthest_lat(lat, radius_m) <= LAST_LAT


def greatest_scale(lat: float, radius_m: float) -> float:
    """The largest scale within `radius_m` of a place at `lat`.

    A geodesic to a point of the circle stays inside, so its image is at most this many times as
    long: whatever lies farther than s times this on the plane lies farther than s on the
    ground, for every s up to `radius_m`.
    """
    return scale_at(_farthest_lat(lat, radius_m))


def least_scale(lat: float, radius_m: float) -> float:
    """The smallest scale within `radius_m` of a place at `lat`.

    A straight line on the plane stays between the latitudes of its ends, so it is at least this
    many times as long as the geodesic: whatever lies farther than s on the ground lies farther
    than s times this on the plane, for every s up to `radius_m`.
    """
    return scale_at(max(0, abs(lat) - _degrees_north(radius_m)))


def half_width_m(lat: float, radius_m: float) -> float:
    """Half the side of a square on the plane that holds every point within `radius_m`.

    In Korea 8 in 100,000 more than the scale at the centre would make it, at 700 m.
    """
    return (radius_m + _ROUNDING_M) * greatest_scale(lat, radius_m)


def boxes_around(place: Place, radius_m: float) -> tuple[Box, ...]:
    """Squares that together hold every point within `radius_m`: two at the antimeridian."""
    x, y = plane_xy(place)
    half = half_width_m(place.lat, radius_m)
    boxes = [Box(x, y, half)]
    if abs(x) + half >= ROUND_THE_EARTH / 2:
        boxes.append(Box(x - ROUND_THE_EARTH if x > 0 else x + ROUND_THE_EARTH, y, half))
    return tuple(boxes)


def _farthest_lat(lat: float, radius_m: float) -> float:
    """No point within `radius_m` is nearer to a pole."""
    return min(90.0, abs(lat) + _degrees_north(radius_m))


def _degrees_north(metres: float) -> float:
    """At least as many degrees as anybody gets north or south in so many metres."""
    return degrees(metres / _TIGHTEST_M)
