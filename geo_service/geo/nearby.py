"""'Nearby' in SQL, for any `Located` table: exact, nearest first, on the intended index.

A `Circle` holds everything a query needs to know about here, worked out once in Python, and
gives it as bound values. The words below (`in_box`, `in_cells`, `in_circle`, `chord2`,
`metres`) are conditions and columns over those values, so that one compiled statement serves
every place.

Two ways lead to the same answer. Along the *plane*, SP-GiST hands out rows nearest first, and
a LIMIT stops it early: the way for common rows. By *cells*, a B-tree finds the rows of the
hexagons that cover the circle, narrowed by kind: the way for rare rows, and for the places
where the plane has a seam (the antimeridian) or ends (the poles). Either way the distance
itself is the straight chord between earth-centred coordinates, which is exact.
"""

from dataclasses import dataclass
from functools import cached_property
from math import copysign, sqrt
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Double,
    any_,
    bindparam,
    func,
    literal_column,
)

from geo_service.geo.cells import cells_within
from geo_service.geo.columns import PlanePoint
from geo_service.geo.ellipsoid import chord_correction, chord_m, earth_xyz, from_chord
from geo_service.geo.located import Located
from geo_service.geo.place import Place
from geo_service.geo.plane import (
    ROUND_THE_EARTH,
    boxes_around,
    greatest_scale,
    least_scale,
    on_plane,
)

GREATEST_RADIUS_M = 5_000
"""Distances are exact to a micrometre up to here; nobody walks further."""

_ROUNDING_M = 1e-6
"""More than rounding moves a distance on the plane, whose coordinates have sixteen digits."""

_SIDE = ("x", "y", "west", "south", "east", "north")


@dataclass(frozen=True)
class Circle:
    """All places at most `within_m` metres from `here`, the rim included."""

    here: Place
    within_m: float

    @cached_property
    def on_plane(self) -> bool:
        """Whether the whole circle lies on the plane, away from its seam and its ends."""
        return self.fits_plane and len(self.sides) == 1

    @property
    def fits_plane(self) -> bool:
        """Whether it stays clear of the poles, where the plane has no end."""
        return on_plane(self.here.lat, self.within_m)

    @cached_property
    def sides(self) -> list[dict[str, float]]:
        """Values for the plane alone: one square, or one on each side of the antimeridian."""
        return [
            dict(zip(_SIDE, (box.x, box.y, *box.corners), strict=True))
            for box in boxes_around(self.here, self.within_m)
        ]

    @property
    def everywhere(self) -> list[dict[str, float]]:
        """The same for a search without end: both sides, whether the circle meets them or not."""
        x = self.sides[0]["x"]
        round_the_earth = -copysign(ROUND_THE_EARTH, x)
        other = {
            name: value + round_the_earth if name in ("x", "west", "east") else value
            for name, value in self.sides[0].items()
        }
        return [self.sides[0], other]

    @cached_property
    def binds(self) -> dict[str, Any]:
        """Values for the words below, whichever of them a statement uses."""
        earth_x, earth_y, earth_z = earth_xyz(self.here)
        return {
            **self.sides[0],
            "earth_x": earth_x,
            "earth_y": earth_y,
            "earth_z": earth_z,
            "chord2": chord_m(self.within_m, self.here.lat) ** 2,
            "bend": chord_correction(self.here.lat),
        }

    @cached_property
    def cells(self) -> list[int]:
        """The hexagons that cover it."""
        return sorted(cells_within(self.here, self.within_m))

    def metres(self, chord2: float) -> float:
        """The geodesic distance that belongs to a squared chord."""
        return from_chord(sqrt(chord2), self.here.lat)

    def surely_reaches(self, chord2: float, plane_m: float) -> bool:
        """Whether nothing beyond `plane_m` on the plane can be nearer than this chord."""
        return self.surely_lies_nearer(self.metres(chord2), plane_m)

    def surely_lies_nearer(self, distance_m: float, plane_m: float) -> bool:
        """The same for a distance on the ground."""
        reach_m = distance_m * greatest_scale(self.here.lat, self.within_m)
        return reach_m + _ROUNDING_M < plane_m

    def least_plane_m(self, chord2: float) -> float:
        """How near on the plane a row can lie that is no nearer than this chord."""
        reach_m = self.metres(chord2) * least_scale(self.here.lat, self.within_m)
        return reach_m - _ROUNDING_M


def _bound(name: str) -> ColumnElement[float]:
    return bindparam(name, type_=Double)


def _point(x: str, y: str) -> ColumnElement[str]:
    return func.point(_bound(x), _bound(y), type_=PlanePoint())


def plane_m(rows: type[Located]) -> ColumnElement[float]:
    """Distance on the plane, which SP-GiST orders by: metres stretched by the local scale."""
    return rows.plane.op("<->", return_type=Double())(_point("x", "y"))


def in_box(rows: type[Located]) -> ColumnElement[bool]:
    """Whether a row lies in the square around the circle. Answered by the plane index."""
    box = func.box(_point("west", "south"), _point("east", "north"))
    return rows.plane.bool_op("<@")(box)


def in_cells(rows: type[Located]) -> ColumnElement[bool]:
    """Whether a row lies in one of `:cells`. Answered by the cell index; leakproof."""
    return rows.cell == any_(bindparam("cells", type_=ARRAY(BigInteger)))


def chord2(rows: type[Located]) -> ColumnElement[float]:
    """Squared straight distance through the Earth: no trigonometry, and exact."""
    x, y, z = (
        (column - _bound(name)) * (column - _bound(name))
        for column, name in (
            (rows.earth_x, "earth_x"),
            (rows.earth_y, "earth_y"),
            (rows.earth_z, "earth_z"),
        )
    )
    return x + y + z


def in_circle(chord2: ColumnElement[float]) -> ColumnElement[bool]:
    """Whether a squared chord stays inside the circle, its rim included."""
    return chord2 <= _bound("chord2")


def metres(chord2: ColumnElement[float]) -> ColumnElement[float]:
    """The geodesic distance that belongs to a squared chord, to a micrometre up to 5 km."""
    return func.sqrt(chord2) * (literal_column("1") + _bound("bend") * chord2)
