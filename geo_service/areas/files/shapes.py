"""Outlines made fit for the database and for maps."""

from collections.abc import Sequence

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

SKETCH_DEGREES = 0.0001
"""Corners of a sketch that matter less than this are left out: about ten metres."""


def as_multipolygon(shape: BaseGeometry) -> MultiPolygon:
    """The surfaces of a shape; lines and points that repair left behind are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shapely.force_2d(shape)))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def repaired(shape: BaseGeometry) -> MultiPolygon:
    """The valid outline that a crossing or overlapping one most likely means."""
    return as_multipolygon(shapely.make_valid(shape, method="structure", keep_collapsed=False))


def sketches(outlines: Sequence[MultiPolygon]) -> list[MultiPolygon]:
    """The outlines in few points, one for each; borders shared exactly stay shared."""
    simplified = shapely.coverage_simplify(list(outlines), SKETCH_DEGREES)
    return [
        outline if sketch.is_empty else repaired(sketch)
        for outline, sketch in zip(outlines, simplified, strict=True)
    ]


def joined(outlines: Sequence[MultiPolygon]) -> MultiPolygon:
    """One outline around many."""
    return as_multipolygon(shapely.union_all(list(outlines)))
