"""A district's neighbourhoods on one drawing, so that no script is needed to see them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from shapely import Geometry, get_parts
from shapely.geometry import Polygon

from geo_service.neighbourhoods.models import Neighbourhood
from geo_service.neighbourhoods.schemas.outlines import geometry

SIDE = 640
"""The longer side of the drawing. Units: of the drawing."""

Row = tuple[Neighbourhood, int | None, Sequence[int]]
"""A neighbourhood, what was published of it, its hexagons."""

Flat = Callable[[float, float], tuple[int, int]]
"""Longitude and latitude on the drawing."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One neighbourhood as it is drawn."""

    name: str
    told: int | None
    look: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of them."""

    shapes: tuple[Shape, ...]
    width: int
    height: int


def drawn(rows: Iterable[Row]) -> Drawing:
    """North is up, and a step is as long in every direction. Order: as they come."""
    known = [(row, geometry(row[2])) for row in rows]
    if not known:
        return Drawing((), SIDE, SIDE)
    bounds = [shape.bounds for _, shape in known]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    squeeze = cos(radians((south + north) / 2))
    scale = SIDE / max((east - west) * squeeze, north - south)

    def flat(lng: float, lat: float) -> tuple[int, int]:
        return round((lng - west) * squeeze * scale), round((north - lat) * scale)

    shapes = tuple(
        Shape(place.name, told, _look(told), _path(shape, flat), *flat(*_middle(shape)))
        for (place, told, _), shape in known
    )
    return Drawing(shapes, *flat(east, south))


def _look(told: int | None) -> str:
    """How dark it is drawn: what was told stands beside it in digits too."""
    if told is None:
        return "few"
    return "some" if told < 10 else "more" if told < 20 else "many"


def _middle(shape: Geometry) -> tuple[float, float]:
    point = shape.representative_point()
    return point.x, point.y


def _path(shape: Geometry, flat: Flat) -> str:
    """Its rings as SVG path data."""
    rings = [
        ring
        for part in get_parts(shape)
        if isinstance(part, Polygon)
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        "M" + "L".join("{} {}".format(*flat(lng, lat)) for lng, lat in ring.coords[:-1]) + "Z"
        for ring in rings
    )
