"""What is nearest when nothing is near: for honest words about an empty circle."""

from collections.abc import Generator, Mapping
from typing import Any, NamedTuple

from geo_service.geo.nearby import Circle
from geo_service.listings.queries import statements
from geo_service.listings.queries.page import features
from geo_service.listings.queries.search import Search
from geo_service.listings.queries.statements import Shape, Way

FARTHEST_M = 20_000
"""How far kinds, words and hours are looked for; anything at all is looked for everywhere."""

_MORE = 4
"""So many times more candidates when the first ones did not settle which is nearest."""


class Ask(NamedTuple):
    """A statement to run and its values. Its rows are wanted."""

    statement: str
    values: Mapping[str, Any]


Rows = list[tuple[Any, ...]]
"""The answer."""


def beyond(search: Search, shape: Shape, values: Mapping[str, Any]) -> Generator[Ask, Rows, bytes]:
    """The nearest listing outside an empty circle as a GeoJSON feature, or `null`.

    The first on the plane is as far as the nearest can be; so all that could be nearer lie in
    the circle of that distance, and those are measured on the ellipsoid. The plane has two
    sides of the antimeridian, and both are asked. Over a pole the first on the plane must do.
    """
    here = {**values, "lng": search.here.lng, "lat": search.here.lat}
    shape = shape._replace(way=Way.PLANE, later_page=False)
    reach_m = yield from _reach(search, shape, here)
    if reach_m < 0:
        return b"null"
    circle = Circle(search.here, reach_m)
    found: list[_Nearest] = []
    for side in circle.sides:
        found += yield from _nearest(circle, shape, {**here, **side})
    if not found:  # closed between the two questions
        return b"null"
    distance_m, _, head = min(found)
    return features([(head, distance_m)], search.pace)


class _Nearest(NamedTuple):
    """A listing, ordered by its distance, then by its id."""

    distance_m: float
    id: bytes
    head: bytes


def _reach(search: Search, shape: Shape, here: Mapping[str, Any]) -> Generator[Ask, Rows, float]:
    """Metres to the first on either side of the plane; negative when there is none."""
    reached = []
    for side in Circle(search.here, FARTHEST_M).everywhere:
        ((distance_m,),) = yield Ask(statements.first_beyond(shape), {**here, **side})
        if distance_m >= 0:
            reached.append(distance_m)
    return min(reached, default=-1.0)


def _nearest(
    circle: Circle, shape: Shape, values: Mapping[str, Any]
) -> Generator[Ask, Rows, list[_Nearest]]:
    while True:
        rows = yield Ask(statements.around(shape), values)
        found = [_Nearest(*row[:3]) for row in rows]
        if (
            len(rows) < shape.candidates
            or not circle.fits_plane
            or circle.surely_lies_nearer(min(found).distance_m, rows[-1][3])
        ):
            return found
        shape = shape._replace(candidates=shape.candidates * _MORE)
