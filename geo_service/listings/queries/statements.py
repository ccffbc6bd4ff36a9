"""The SQL of the nearby search, compiled once for every shape of question.

A shape is what changes the plan: which kinds, how many words, how many rows. Places, radii and
moments are bound values (`geo.nearby.Circle.binds`), so that PostgreSQL keeps one prepared
plan per shape.
"""

from enum import StrEnum, auto
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    LargeBinary,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
)
from sqlalchemy import tuple_ as pair
from sqlalchemy.dialects.postgresql.psycopg import dialect as psycopg_dialect

from geo_service.geo import nearby as near
from geo_service.geo.columns import WGS84
from geo_service.listings.models import Kind, Listing
from geo_service.listings.queries import visible

_LNG, _LAT = bindparam("lng", type_=Double), bindparam("lat", type_=Double)
_LIMIT = bindparam("limit", type_=Integer)
_TEXT: ColumnElement[bytes] = literal_column("textsend(listing.feature_head)", LargeBinary)
_DIALECT = psycopg_dialect()  # type: ignore[no-untyped-call]


class Way(StrEnum):
    """How candidates are found."""

    PLANE = auto()
    """Nearest first, until there are enough."""
    CELLS = auto()
    """All of the hexagons that cover the circle: rare kinds, and where the plane ends."""
    WORDS = auto()
    """All that bear the words: rare words."""


class Shape(NamedTuple):
    """What a statement must be able to answer."""

    kinds: tuple[Kind, ...] = ()
    words: bool = False
    open_then: bool = False
    later_page: bool = False
    way: Way = Way.PLANE
    candidates: int = 70
    """How many rows the plane hands out before they are measured; the other ways hand out all."""


@lru_cache(maxsize=512)
def candidates(shape: Shape) -> str:
    """Listings that may belong on a page.

    Shape: rows of squared chord, id as bytes, distance on the plane, and the feature in UTF-8
    without its end (what is only passed on need not be read as text).
    Order: along the plane, as it hands them out; else in that of the page, with the first after it.
    """
    if shape.way is Way.PLANE:
        along = _along_plane(shape)
        return _compiled(along if _carries_text(shape) else _with_text(along))
    inside = and_(near.in_circle(near.chord2(Listing)), *_filters(shape))
    if shape.way is Way.CELLS:
        inside = and_(inside, near.in_cells(Listing))
    if shape.later_page:
        after = bindparam("after_chord2", type_=Double), bindparam("after_id", type_=Uuid)
        inside = and_(inside, pair(near.chord2(Listing), Listing.id) > pair(*after))
    some = select(*_figures(shape)).where(visible.on_offer(), inside)
    some = some.order_by(literal_column("chord2"), Listing.id).limit(_LIMIT + _written(1))
    return _compiled(some if _carries_text(shape) else _with_text(some))


def _along_plane(shape: Shape) -> Select[*tuple[Any, ...]]:
    found = select(*_figures(shape)).where(visible.on_offer(), *_filters(shape))
    if shape.later_page:
        found = found.where(near.plane_m(Listing) >= bindparam("plane_from", type_=Double))
    ordered = found.where(near.in_box(Listing)).order_by(near.plane_m(Listing))
    return ordered.limit(_written(shape.candidates))


def _figures(shape: Shape) -> tuple[ColumnElement[Any], ...]:
    return (
        near.chord2(Listing).label("chord2"),
        func.uuid_send(Listing.id).label("id"),
        near.plane_m(Listing).label("plane_m"),
        (_TEXT if _carries_text(shape) else Listing.id).label("feature"),
    )


def _carries_text(shape: Shape) -> bool:
    """Whether candidates bring their text along.

    To read the text of every candidate is cheaper than to look up those on the page, as long as
    nearly every row that the index hands out is one. Kinds and later pages pass many over: they
    are told apart in the index alone, unless words or hours open the row anyway.
    """
    passes_over = shape.way is Way.CELLS or shape.later_page or bool(shape.kinds)
    return not passes_over or shape.words or shape.open_then


def _with_text(some: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same rows with their features, looked up where a row lies inside the circle."""
    row = some.subquery("row")
    text = select(_TEXT).where(Listing.id == row.c.feature).scalar_subquery()
    inside = near.in_circle(row.c.chord2)
    return select(row.c.chord2, row.c.id, row.c.plane_m, case((inside, text)))


@lru_cache(maxsize=512)
def bearers(most: int) -> str:
    """How many listings bear the words, counted no further than `most`."""
    bearer = select(Listing.id).where(visible.on_offer(), visible.with_words())
    some = bearer.limit(_written(most)).subquery("some")
    return _compiled(select(func.count()).select_from(some))


@lru_cache(maxsize=512)
def first_beyond(shape: Shape) -> str:
    """How far, in metres, the listing is that lies nearest on the plane; none is -1."""
    statement = (
        select(_geodesic().label("distance_m"))
        .where(visible.on_offer(), *_filters(shape))
        .order_by(near.plane_m(Listing))
        .limit(_written(1))
    )
    if shape.kinds or shape.words or shape.open_then:
        statement = statement.where(near.in_box(Listing))
    nearest = statement.subquery("nearest")
    return _compiled(
        select(func.coalesce(func.max(nearest.c.distance_m), literal_column("-1.0", Double)))
    )


@lru_cache(maxsize=512)
def around(shape: Shape) -> str:
    """Those among which the one nearest outside an empty circle is found.

    Shape: rows of distance in metres, id as bytes, feature without its end, distance on the plane.
    Order: along the plane.
    """
    figures = _geodesic(), func.uuid_send(Listing.id), _TEXT, near.plane_m(Listing)
    found = select(*figures).where(visible.on_offer(), near.in_box(Listing), *_filters(shape))
    return _compiled(found.order_by(near.plane_m(Listing)).limit(_written(shape.candidates)))


def _filters(shape: Shape) -> list[ColumnElement[bool]]:
    words = [visible.with_words()] if shape.words else []
    then = [visible.open_then()] if shape.open_then else []
    return [*visible.of_kinds(shape.kinds), *words, *then]


def _geodesic() -> ColumnElement[float]:
    srid = literal_column(str(WGS84), Integer)
    here = func.ST_SetSRID(func.ST_MakePoint(_LNG, _LAT), srid).op("::")(
        literal_column("geography")
    )
    return func.ST_Distance(literal_column("listing.place"), here, type_=Double())


def _written(number: int) -> ColumnElement[int]:
    """A number written into the statement: the planner must see a LIMIT to respect it."""
    return literal_column(str(number), Integer)


def _compiled(statement: Select[*tuple[Any, ...]]) -> str:
    """SQL with `%(name)s` for every value; what is always the same is written out."""
    return str(statement.compile(dialect=_DIALECT))
