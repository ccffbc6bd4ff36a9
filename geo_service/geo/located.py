"""`Located`: what a table needs so that its rows can be found nearby."""

from collections.abc import Sequence
from math import sqrt

from sqlalchemy import BigInteger, Computed, Index, text
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column, validates

from geo_service.geo.cells import cell_of
from geo_service.geo.columns import PlaceType, PlanePoint
from geo_service.geo.ellipsoid import E2, EQUATOR_M
from geo_service.geo.place import Place

_LNG = "radians(ST_X(place::geometry))"
_LAT = "radians(ST_Y(place::geometry))"
_E = sqrt(E2)
_NORMAL = f"({EQUATOR_M!r} / sqrt(1 - {E2!r} * sin({_LAT}) ^ 2))"
"""Radius of curvature in the prime vertical."""

PLANE = (
    f"point({EQUATOR_M!r} * {_LNG},"
    f" {EQUATOR_M!r} * (asinh(tan({_LAT})) - {_E!r} * atanh({_E!r} * sin({_LAT}))))"
)
"""The place on the Mercator plane of the ellipsoid, in SQL; `geo.plane.plane_xy` in Python."""

EARTH = (
    f"{_NORMAL} * cos({_LAT}) * cos({_LNG})",
    f"{_NORMAL} * cos({_LAT}) * sin({_LNG})",
    f"{_NORMAL} * {1 - E2!r} * sin({_LAT})",
)
"""The place as earth-centred x, y, z in SQL; `geo.ellipsoid.earth_xyz` in Python."""


class Located(MappedAsDataclass, kw_only=True):
    """A row with a place.

    Only `place` is ever written. The cell follows it in Python (H3 is not in the database);
    the plane point and the earth-centred coordinates follow it in PostgreSQL. `plane` orders
    rows by distance through SP-GiST, `earth_…` make the distance exact without trigonometry.
    """

    place: Mapped[Place] = mapped_column(PlaceType)
    cell: Mapped[int] = mapped_column(BigInteger, init=False)
    plane: Mapped[str] = mapped_column(
        PlanePoint, Computed(PLANE, persisted=True), init=False, deferred=True
    )
    earth_x: Mapped[float] = mapped_column(
        Computed(EARTH[0], persisted=True), init=False, deferred=True
    )
    earth_y: Mapped[float] = mapped_column(
        Computed(EARTH[1], persisted=True), init=False, deferred=True
    )
    earth_z: Mapped[float] = mapped_column(
        Computed(EARTH[2], persisted=True), init=False, deferred=True
    )

    @validates("place")
    def _follow(self, _: str, place: Place) -> Place:
        """The cell always follows the place."""
        self.cell = cell_of(place)
        return place


def located_indexes(
    table: str, *, shown: str, carried: Sequence[str] = (), by: Sequence[str] = ()
) -> tuple[Index, Index]:
    """The two indexes that every nearby query of `table` runs on.

    `shown` is the SQL condition of rows that can be found at all; `carried` are further columns
    the query filters on, kept in the index so that the heap is not read; `by` are columns that
    narrow a cell (kinds).
    """
    carry = ["id", "earth_x", "earth_y", "earth_z", *carried]
    return (
        Index(
            f"{table}_plane_idx",
            "plane",
            postgresql_using="spgist",
            postgresql_include=[*carry, *by],
            postgresql_where=text(shown),
        ),
        Index(
            f"{table}_cell_idx",
            "cell",
            *by,
            postgresql_include=carry,
            postgresql_where=text(shown),
        ),
    )
