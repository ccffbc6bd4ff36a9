"""Small map files, written as districts write them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio.raw import write
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry


def square(west: float, south: float, side: float = 0.01) -> BaseGeometry:
    """A square. Units: degrees."""
    return shapely.box(west, south, west + side, south + side)


def in_grid(shape: BaseGeometry, grid: str) -> BaseGeometry:
    """The same shape in another coordinate system."""
    turn = Transformer.from_crs("EPSG:4326", grid, always_xy=True)
    return shapely.transform(shape, turn.transform, interleaved=False)


def a_map(
    path: Path,
    shapes: Sequence[BaseGeometry | None],
    columns: Mapping[str, Sequence[Any]],
    *,
    grid: str | None = "EPSG:4326",
    encoding: str = "UTF-8",
    **how: Any,
) -> Path:
    """Write a map file of the kind that the name of `path` says."""
    write(
        path,
        np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], object),
        [np.array(values, dtype=_dtype(values)) for values in columns.values()],
        list(columns),
        crs=grid,
        geometry_type=how.pop("geometry_type", "Polygon"),
        encoding=encoding,
        **how,
    )
    return path


def _dtype(values: Sequence[Any]) -> Any:
    kind = type(values[0]) if values else str
    return {int: "int64", float: "float64"}.get(kind, object)
