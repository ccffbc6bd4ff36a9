"""A calm map drawn on the server: dongs, the walk around home, numbered pins.

It is the first thing painted, and all there is without scripts, without WebGL, offline and on
paper. Here everything gets its place on a square drawing; `templates/_map.html` draws it. The
live map reads the same drawing back, so both always show the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from numpy import array, float64
from numpy.typing import NDArray
from shapely import (
    Geometry,
    box,
    clip_by_rect,
    difference,
    get_parts,
    intersects,
    simplify,
    transform,
    union_all,
)
from shapely.geometry import Point, Polygon
from shapely.ops import nearest_points

from geo_service.geo.place import Place
from geo_service.geo.plane import LAST_LAT, plane_xy, scale_at
from geo_service.geo.walking import Pace, metres_in
from geo_service.web.pins import HALF_HEIGHT, ROOMY, SMALL, Pin, side_by_side

SIDE = 640
"""The drawing is a square with this side. Units: of the drawing, as everything below."""

REACH = 296
"""Radius of the outer circle."""

WINDOW = 1100
"""Outlines go on this far from the middle, for frames that are wider than high."""

NAME_APART = 90
"""Names of dongs stand no closer to the middle than this: beside the home, not under it."""

NAME_HALF_WIDTH, NAME_HALF_HEIGHT = 60, 20
"""About half of a name as it is drawn."""

NAMED_SHARE = 1 / 40
"""A dong that fills less of the drawing than this is drawn without its name."""

SMOOTH = 0.8
"""Bends smaller than this are left out."""

RING_MINUTES = 5
"""A thin ring shows how far half of the usual walk is."""

_WINDOW = (SIDE / 2 - WINDOW, SIDE / 2 - WINDOW, SIDE / 2 + WINDOW, SIDE / 2 + WINDOW)
_MIDDLE = Point(SIDE / 2, SIDE / 2)
_HOME = box(
    SIDE / 2 - NAME_APART - NAME_HALF_WIDTH,
    SIDE / 2 - NAME_APART,
    SIDE / 2 + NAME_APART + NAME_HALF_WIDTH,
    SIDE / 2 + NAME_APART,
)

_STEP = 1e-4
"""Degrees over which the drawing is as good as even."""

Feature = dict[str, Any]
"""A GeoJSON feature with a point and a kind."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The border of a dong as far as the drawing goes, and where its name stands."""

    name: str
    path: str
    x: float
    y: float
    named: bool


@dataclass(frozen=True, slots=True)
class SvgMap:
    """Everything on one drawing."""

    here: Place
    within_m: float
    lat_per_unit: float
    lng_per_unit: float
    ring: float | None
    ring_minutes: int
    outlines: tuple[Outline, ...]
    pins: tuple[Pin, ...]
    """For a large map."""
    few: tuple[Pin, ...]
    """The same for a small one: fewer pins, each drawn larger."""
    home_covered: bool
    """Whether a pin stands on the home sign, so that it must look out from below."""
    side: int = SIDE
    reach: int = REACH


def draw(
    here: Place,
    within_m: float,
    *,
    numbered: Iterable[tuple[int, Feature]] = (),
    areas: Iterable[tuple[str, Geometry]] = (),
    pace: Pace = Pace.USUAL,
) -> SvgMap:
    """The walk of `within_m` around `here`, with these numbered features and outlines of areas.

    Order: as in the list beside it; outlines in degrees, longitude first.
    """
    canvas = _Canvas(here, within_m)
    pins = list(canvas.pins(numbered))
    large, few = side_by_side(pins, ROOMY), side_by_side(pins, SMALL)
    home = Pin(SIDE / 2, SIDE / 2, (0,), frozenset())
    ring = metres_in(RING_MINUTES, pace) * canvas.units_per_metre
    return SvgMap(
        here=here,
        within_m=within_m,
        lat_per_unit=canvas.lat_per_unit,
        lng_per_unit=canvas.lng_per_unit,
        ring=round(ring, 1) if ring < REACH * 0.9 else None,
        ring_minutes=RING_MINUTES,
        outlines=tuple(canvas.outlines(areas, few)),
        pins=large,
        few=few,
        home_covered=any(pin.covers(home, ROOMY) for pin in pins),
    )


def corners(here: Place, within_m: float) -> tuple[Place, Place]:
    """South-west and north-east of all that a drawing can show: ask for areas in this box."""
    canvas = _Canvas(here, within_m)
    up, right = WINDOW * canvas.lat_per_unit, WINDOW * canvas.lng_per_unit
    return (
        Place(max(here.lat - up, -90), max(here.lng - right, -180)),
        Place(min(here.lat + up, 90), min(here.lng + right, 180)),
    )


class _Canvas:
    """Puts places on the drawing, with `here` in the middle.

    Over so small a piece of the earth, degrees are an even net: what lies at the edge is drawn
    no more than half a metre from where the conformal plane has it. At the poles, where degrees
    lose their sense, it takes the net of the last useful latitude.
    """

    def __init__(self, here: Place, within_m: float) -> None:
        self.here = here
        self.units_per_metre = REACH / within_m
        lat = max(-LAST_LAT, min(here.lat, LAST_LAT))
        scale = self.units_per_metre / scale_at(lat)
        x, y = plane_xy(Place(lat, _STEP))
        self.lng_per_unit = _STEP / x / scale
        self.lat_per_unit = _STEP / (y - plane_xy(Place(lat - _STEP, 0))[1]) / scale

    def flat(self, lng_lat: NDArray[float64]) -> NDArray[float64]:
        """Rows of longitude and latitude as rows of x and y."""
        here = array([self.here.lng, self.here.lat])
        flat: NDArray[float64] = SIDE / 2 + (lng_lat - here) / [
            self.lng_per_unit,
            -self.lat_per_unit,
        ]
        return flat.round(1)

    def pins(self, numbered: Iterable[tuple[int, Feature]]) -> Iterator[Pin]:
        """One for each feature, wherever the others are."""
        for number, feature in numbered:
            x, y = self.flat(array([feature["geometry"]["coordinates"]]))[0].tolist()
            yield Pin(x, y, (number,), frozenset({feature["properties"]["kind"]}))

    def outlines(
        self, areas: Iterable[tuple[str, Geometry]], pins: Iterable[Pin]
    ) -> Iterator[Outline]:
        """Each dong, named where no pin would hide its name: that of the home beside the home."""
        names, shapes = zip(*areas, strict=True) if (areas := list(areas)) else ((), ())
        drawn = simplify(transform(array(shapes, dtype=object), self.flat), SMOOTH)
        insides = difference(clip_by_rect(drawn, 0, 0, SIDE, SIDE), _HOME)
        free = difference(insides, union_all([_under(pin) for pin in pins]))
        at_home = intersects(drawn, _MIDDLE)
        seen_parts = clip_by_rect(drawn, *_WINDOW)
        for name, seen, inside, room, home in zip(
            names, seen_parts, insides, free, at_home, strict=True
        ):
            if not seen.is_empty:
                open_to_names = room if room.area else seen
                spot = open_to_names.representative_point()
                if home:
                    spot = nearest_points(open_to_names, _MIDDLE)[0]
                named = bool(room.area) and (home or inside.area > SIDE * SIDE * NAMED_SHARE)
                yield Outline(name, _path(seen), round(spot.x), round(spot.y), named)


def _under(pin: Pin) -> Geometry:
    """Where a name would be hidden by a pin, as large as pins are ever drawn."""
    wide = pin.half_width * SMALL + NAME_HALF_WIDTH
    high = HALF_HEIGHT * SMALL + NAME_HALF_HEIGHT
    return box(pin.x - wide, pin.y - high, pin.x + wide, pin.y + high)


def _path(shape: Geometry) -> str:
    """The rings of a shape as SVG path data."""
    rings = [
        ring
        for part in get_parts(shape)
        if isinstance(part, Polygon)
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in ring.coords[:-1]) + "Z" for ring in rings
    )


def only(place: Place, within_m: float, kind: str, **also: Any) -> SvgMap:
    """One listing in the middle of its surroundings, without a number to find in a list."""
    feature = {"geometry": {"coordinates": (place.lng, place.lat)}, "properties": {"kind": kind}}
    return draw(place, within_m, numbered=[(1, feature)], **also)
