"""The border of a group of hexagons."""

from collections.abc import Iterable
from typing import Any

from h3.api import basic_int as h3
from shapely import Geometry
from shapely.geometry import shape


def outline(cells: Iterable[int]) -> dict[str, Any]:
    """As a GeoJSON geometry: Polygon, or MultiPolygon where only corners touch."""
    made: dict[str, Any] = h3.cells_to_geo(list(cells))
    return made


def geometry(cells: Iterable[int]) -> Geometry:
    """The same to reckon with."""
    return shape(outline(cells))
