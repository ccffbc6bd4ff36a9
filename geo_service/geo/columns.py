"""How a place is kept in PostGIS."""

from typing import Any

from geoalchemy2 import Geography, WKTElement
from geoalchemy2.shape import to_shape
from sqlalchemy import Dialect
from sqlalchemy.types import TypeDecorator, UserDefinedType
from typing_extensions import override

from geo_service.geo.place import Place

WGS84 = 4326
"""The SRID of longitude and latitude on the WGS 84 ellipsoid."""


class PlaceType(TypeDecorator[Place]):
    """A `Place` in Python; a `geography(Point, 4326)` in PostGIS, so distances are metres."""

    impl = Geography(geometry_type="POINT", srid=WGS84, spatial_index=False)
    cache_ok = True

    @override
    def process_bind_param(self, value: Place | None, dialect: Dialect) -> Any:
        return value and WKTElement(f"POINT({value.lng!r} {value.lat!r})", srid=WGS84)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Place | None:
        if value is None:
            return None
        point = to_shape(value)
        return Place(lat=point.y, lng=point.x)


class PlanePoint(UserDefinedType[str]):
    """PostgreSQL's own `point`: two float8 on a plane, which SP-GiST orders by distance."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The type's name in DDL."""
        return "point"
