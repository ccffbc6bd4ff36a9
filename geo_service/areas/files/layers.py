"""One layer of a map file, as GDAL reads it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from pyogrio import list_layers
from pyogrio.errors import DataLayerError, DataSourceError, FieldError
from pyogrio.raw import read
from shapely.geometry.base import BaseGeometry

from geo_service.errors import Invalid, NotFound

_BYTEWISE = "ISO-8859-1"
"""Every byte is one letter: nothing is lost, nothing refused. GDAL knows it in capitals only."""

_ENCODINGS = ("utf-8", "cp949")
"""What the table of a Shapefile may be written in; strict UTF-8 never accepts CP949 by mistake."""


class NoSuchFile(NotFound):
    """There is no such file."""


class NotAMap(Invalid):
    """That is not a map file that can be read."""


class SeveralLayers(Invalid):
    """The file has several layers, and none was named."""


Columns = dict[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer holds, row by row."""

    columns: Columns
    grid: str | None
    """The coordinate system, if the file says."""
    shapes: list[BaseGeometry | None]


def read_layer(path: Path, named: str | None = None) -> Layer:
    """The layer of that name, or the only one there is.

    Raises: NoSuchFile, NotAMap, SeveralLayers.
    """
    if not path.is_file():
        raise NoSuchFile(f"파일이 없습니다: {path.name}. There is no such file.")
    try:
        layer = named or _only_layer(path)
        return _read_with_gdal(path, layer)
    except (DataSourceError, DataLayerError, FieldError, shapely.GEOSException) as error:
        raise _not_a_map(path) from error


def _read_with_gdal(path: Path, layer: str) -> Layer:
    """Read strictly.

    GDAL replaces letters it cannot decode without a word, so the tables of Shapefiles, which
    seldom say in what they are written, are taken byte by byte and decoded here, strictly.
    """
    bytewise = path.suffix.lower() in {".shp", ".zip"}
    meta, _, shapes, values = read(path, layer=layer, encoding=_BYTEWISE if bytewise else None)
    columns: Columns = dict(zip(map(str, meta["fields"]), values, strict=True))
    if shapes is None:
        raise _not_a_map(path)
    columns = _decoded(columns, path) if bytewise else columns
    return Layer(columns, meta["crs"], list(shapely.from_wkb(shapes)))


def _decoded(columns: Columns, path: Path) -> Columns:
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            return {
                _redecoded(name, encoding): [_redecoded(value, encoding) for value in values]
                for name, values in columns.items()
            }
    raise NotAMap(
        f"글자를 읽을 수 없습니다: {path.name} (UTF-8도 CP949도 아님). "
        "The text is neither UTF-8 nor CP949."
    )


def _redecoded(value: Any, encoding: str) -> Any:
    return value.encode(_BYTEWISE).decode(encoding) if isinstance(value, str) else value


def _only_layer(path: Path) -> str:
    layers = [str(name) for name, kind in list_layers(path) if kind is not None]
    if not layers:
        raise _not_a_map(path)
    if len(layers) > 1:
        raise SeveralLayers(
            f"파일에 층이 여럿 있습니다. --layer 로 하나를 골라 주세요: {', '.join(layers)}. "
            "Name one layer with --layer."
        )
    return layers[0]


def _not_a_map(path: Path) -> NotAMap:
    return NotAMap(
        f"지도 파일로 읽을 수 없습니다: {path.name}. GeoJSON, GeoPackage, SHP(.shp .shx .dbf .prj "
        "함께)만 됩니다. Only GeoJSON, GeoPackage and Shapefile can be read."
    )
