"""What is nearest when nothing is near: for honest words about an empty circle."""

from collections.abc import Generator, Mapping
from math import inf
from typing import Any, NamedTuple

from geo_service.geo.nearby import Circle
from geo_service.listings.queries import statements
from geo_service.listings.queries.search import Search
from geo_service.listings.queries.statements import Shape, Way

FARTHEST_M = 20_000
"""How far kinds, words and hours are looked for; anything at all is looked for everywhere."""

_MORE = 4
"""So many times more candidates when the first ones did not settle which is nearest."""


class Ask(NamedTuple):
    """A statement to run and its values. Its first row is wanted."""

    statement: str
    values: Mapping[str, Any]


def beyond(
    search: Search, shape: Shape, values: Mapping[str, Any]
) -> Generator[Ask, tuple[Any, ...], str]:
    """The nearest listing outside an empty circle as a GeoJSON feature, or `null`.

    The first on the plane is as far as the nearest can be; so all that could be nearer lie in
    the circle of that distance, and those are measured on the ellipsoid. The plane has two
    sides of the antimeridian, and both are asked. Over a pole the first on the plane must do.
    """
    here = {**values, "lng": search.here.lng, "lat": search.here.lat}
    shape = shape._replace(way=Way.PLANE, later_page=False)
    reach_m = yield from _reach(search, shape, here)
    if reach_m < 0:
        return "null"
    circle = Circle(search.here, reach_m)
    nearest = _Nearest(inf, "null")
    for side in circle.sides:
        nearest = min(nearest, (yield from _nearest(circle, shape, {**here, **side})))
    return nearest.feature


class _Nearest(NamedTuple):
    """A listing, ordered by its distance."""

    distance_m: float
    feature: str


def _reach(
    search: Search, shape: Shape, here: Mapping[str, Any]
) -> Generator[Ask, tuple[Any, ...], float]:
    """Metres to the first on either side of the plane; negative when there is none."""
    reached = []
    for side in Circle(search.here, FARTHEST_M).everywhere:
        (distance_m,) = yield Ask(statements.first_beyond(shape), {**here, **side})
        if distance_m >= 0:
            reached.append(distance_m)
    return min(reached, default=-1.0)


def _nearest(
    circle: Circle, shape: Shape, values: Mapping[str, Any]
) -> Generator[Ask, tuple[Any, ...], _Nearest]:
    while True:
        row = yield Ask(statements.nearest_beyond(shape), values)
        feature, distance_m, measured, farthest_plane_m = row
        if measured is None:
            return _Nearest(inf, "null")
        if (
            measured < shape.candidates
            or not circle.fits_plane
            or circle.surely_lies_nearer(distance_m, farthest_plane_m)
        ):
            return _Nearest(distance_m, feature)
        shape = shape._replace(candidates=shape.candidates * _MORE)
