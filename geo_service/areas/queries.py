"""Questions about areas. Each returns SQL; the caller decides when to run it."""

from datetime import date
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import ColumnElement, Select, case, false, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from geo_service.areas.models import Area, AreaCode, Level, Register, searchable
from geo_service.clock import KOREA, now
from geo_service.geo.columns import WGS84
from geo_service.geo.place import Place

_SIZE = case({Level.SIDO: 3, Level.SIGUNGU: 2, Level.DONG: 1}, value=Area.level)

_TRIGRAM = 3
"""With fewer letters than this, only beginnings of names are found: the index knows no others."""


def today() -> date:
    """The present day in Korea."""
    return now().astimezone(KOREA).date()


def in_force(on: date) -> ColumnElement[bool]:
    """Whether an area exists on that day: it has a code then."""
    # A scalar, not EXISTS: PostgreSQL would join all codes first where it knows the tables badly.
    codes = (AreaCode.area_id == Area.id, AreaCode.valid_during.contains(on))
    return select(true()).where(*codes).limit(1).correlate(Area).scalar_subquery()


def area_by_code(
    code: str, *, on: date | None = None, register: Register | None = None
) -> Select[Area]:
    """The area that bore an official code on that day (today).

    Order: an eup or myeon bears the same code in both registers; the administrative one first.
    """
    found = (
        select(Area)
        .join(AreaCode)
        .where(AreaCode.code == code, AreaCode.valid_during.contains(on or today()))
        .order_by(Area.register)
    )
    return found.where(Area.register == register) if register else found.limit(1)


def area_ever_coded(code: str) -> Select[Area]:
    """The area that bears, or else once bore, an official code: its latest bearer.

    Order: as `area_by_code`, where two registers share the digits.
    """
    return (
        select(Area)
        .join(AreaCode)
        .where(AreaCode.code == code)
        .order_by(func.upper(AreaCode.valid_during).desc().nulls_first(), Area.register, Area.id)
        .limit(1)
    )


def areas_around(place: Place, *, on: date | None = None) -> Select[Area]:
    """Every area that covers a place: dongs first, the administrative before the legal one.

    Order: on a border shared by neighbours, the lowest id comes first, always.
    """
    return (
        select(Area)
        .where(func.ST_Intersects(Area.outline, _point(place)), in_force(on or today()))
        .order_by(_SIZE, Area.register, Area.id)
    )


def area_at(
    place: Place,
    *,
    register: Register | None = None,
    level: Level | None = None,
    on: date | None = None,
) -> Select[Area]:
    """The smallest area at a place: its dong, or the district where no dong is known.

    With `register`, the smallest of that register; provinces and districts belong to both.
    """
    found = areas_around(place, on=on)
    if register:
        found = found.where(Area.register.in_((register, Register.BOTH)))
    if level:
        found = found.where(Area.level == level)
    return found.limit(1)


def areas_matching(
    words: str, *, level: Level | None = None, on: date | None = None
) -> Select[Area]:
    """Areas that bear a name, or bore it: 송정1동, 광산구 송정, 광주광역시.

    Order: its own name, another full name of it, what begins so, what contains it; larger areas
    before smaller ones.
    """
    typed = searchable(words)
    if not typed:
        return select(Area).where(false())
    # `typed` holds letters and digits alone, so nothing in it is a wildcard.
    anywhere = f"%{typed}%" if len(typed) >= _TRIGRAM else f"% {typed}%"
    closeness = case(
        (Area.words.like(f" {typed} %"), 0),
        (Area.words.like(f"% {typed} %"), 1),
        (Area.words.like(f" {typed}%"), 2),
        (Area.words.like(f"% {typed}%"), 3),
        else_=4,
    )
    found = (
        select(Area)
        .where(Area.words.like(anywhere), in_force(on or today()))
        .order_by(closeness, _SIZE.desc(), Area.full_name, Area.register, Area.id)
    )
    return found.where(Area.level == level) if level else found


def told_in_full(found: Select[Area]) -> Select[Area]:
    """The same areas, with their codes and the areas around them read at once."""
    return found.options(selectinload(Area.codes), joinedload(Area.parent).joinedload(Area.parent))


def outlines_within(
    south_west: Place, north_east: Place, *, on: date | None = None
) -> Select[int, str, Any]:
    """The dongs that a map of this box shows: administrative where any is drawn, else legal.

    Shape: rows of (id, name, sketch cut at the box, as WKB). The cut runs along the box, so ask
    for a little more than is shown.
    """
    box = func.ST_MakeEnvelope(
        south_west.lng, south_west.lat, north_east.lng, north_east.lat, WGS84
    )
    dongs = (
        Area.level == Level.DONG,
        Area.outline.op("&&")(box),
        func.ST_Intersects(Area.sketch, box),
        in_force(on or today()),
    )
    drawn = select(func.min(Area.register)).where(*dongs).scalar_subquery()
    cut = func.ST_ClipByBox2D(Area.sketch, box, type_=Geometry)
    return select(Area.id, Area.name, cut).where(*dongs, Area.register == drawn).order_by(Area.id)


def middle_of(area_id: int) -> Select[Any]:
    """A point inside an area, as WKB; no row where its outline is unknown."""
    inside = func.ST_PointOnSurface(Area.sketch, type_=Geometry("POINT", srid=WGS84))
    return select(inside).where(Area.id == area_id, Area.sketch.is_not(None))


def _point(place: Place) -> ColumnElement[Any]:
    return func.ST_SetSRID(func.ST_Point(place.lng, place.lat), WGS84)
