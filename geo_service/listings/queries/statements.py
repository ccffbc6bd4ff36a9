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
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy import tuple_ as pair
from sqlalchemy.dialects.postgresql.psycopg import dialect as psycopg_dialect

from geo_service.geo import nearby as near
from geo_service.geo.columns import WGS84
from geo_service.listings.models import FEATURE_END, Kind, Listing
from geo_service.listings.queries import visible

_LNG, _LAT = bindparam("lng", type_=Double), bindparam("lat", type_=Double)
_LIMIT = bindparam("limit", type_=Integer)
_STRIDE = bindparam("metres_per_minute", type_=Double)
_HEAD: ColumnElement[str] = literal_column("listing.feature_head", Text)
_UTF8 = literal_column("'UTF8'", Text)
_DIALECT = psycopg_dialect()  # type: ignore[no-untyped-call]
_NOISE_M = 0.0005
"""Half a millimetre never adds a minute."""


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
def page(shape: Shape) -> str:
    """One page of a search.

    Shape: one row — features in order joined by commas, in UTF-8 (what is only passed on need not
    be read as text); how many; squared chord and id
    of the last, when the page is full; squared chord of the one after it; how many candidates
    were measured; the plane distance of the farthest of them.
    """
    candidate = _candidates(shape).subquery("candidate")
    inside = near.in_circle(candidate.c.chord2)
    if shape.later_page:
        after = bindparam("after_chord2", type_=Double), bindparam("after_id", type_=Uuid)
        inside = and_(inside, pair(candidate.c.chord2, candidate.c.id) > pair(*after))
    in_order = candidate.c.chord2, candidate.c.id
    ranked = select(
        candidate,
        inside.label("inside"),
        func.row_number().over(partition_by=inside, order_by=in_order).label("n"),
    ).subquery("ranked")
    on_page = and_(ranked.c.inside, ranked.c.n <= _LIMIT)
    is_last = and_(ranked.c.inside, ranked.c.n == _LIMIT)
    is_next = and_(ranked.c.inside, ranked.c.n == _LIMIT + _written(1))
    if _carries_text(shape):
        head: ColumnElement[str] = ranked.c.feature_head
    else:
        head = select(_HEAD).where(Listing.id == ranked.c.id).scalar_subquery()
    feature = _with_walk(head, near.metres(ranked.c.chord2))
    # The window hands rows on in order; ordering the aggregate would sort all texts once more.
    joined = func.string_agg(feature, literal_column("','", Text)).filter(on_page)
    return _compiled(
        select(
            func.convert_to(func.coalesce(joined, literal_column("''", Text)), _UTF8),
            func.count().filter(on_page),
            func.max(ranked.c.chord2).filter(is_last),
            func.max(cast(ranked.c.id, Text)).filter(is_last),
            func.max(ranked.c.chord2).filter(is_next),
            func.count(),
            func.max(ranked.c.plane_m),
        )
    )


def _carries_text(shape: Shape) -> bool:
    """Whether candidates bring their text along.

    To read the text of every candidate is cheaper than to look up those on the page, as long as
    nearly every row that the index hands out is one. Kinds and later pages pass many over: they
    are told apart in the index alone, unless words or hours open the row anyway.
    """
    passes_over = shape.way is Way.CELLS or shape.later_page or bool(shape.kinds)
    return not passes_over or shape.words or shape.open_then


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
def nearest_beyond(shape: Shape) -> str:
    """The listing that is truly nearest among those about as near on the plane.

    Shape: one row — the feature; its distance; how many candidates were measured; the plane
    distance of the farthest of them. All NULL when there is none.
    """
    candidate = (
        select(
            Listing.feature_head,
            Listing.id,
            _geodesic().label("distance_m"),
            near.plane_m(Listing).label("plane_m"),
        )
        .where(visible.on_offer(), near.in_box(Listing), *_filters(shape))
        .order_by(near.plane_m(Listing))
        .limit(_written(shape.candidates))
    ).subquery("candidate")
    nearest = (
        select(
            _with_walk(candidate.c.feature_head, candidate.c.distance_m).label("feature"),
            candidate.c.distance_m,
            func.count().over().label("measured"),
            func.max(candidate.c.plane_m).over().label("farthest_plane_m"),
        )
        .order_by(candidate.c.distance_m, candidate.c.id)
        .limit(_written(1))
    ).subquery("nearest")
    always = select(literal_column("1")).subquery("always")
    return _compiled(select(nearest).select_from(always.outerjoin(nearest, true())))


def _candidates(shape: Shape) -> Select[*tuple[Any, ...]]:
    found = select(
        Listing.id,
        near.chord2(Listing).label("chord2"),
        near.plane_m(Listing).label("plane_m"),
        *((_HEAD.label("feature_head"),) if _carries_text(shape) else ()),
    ).where(visible.on_offer(), *_filters(shape))
    if shape.way is Way.CELLS:
        return found.where(near.in_cells(Listing))
    if shape.way is Way.WORDS:
        return found
    if shape.later_page:
        found = found.where(near.plane_m(Listing) >= bindparam("plane_from", type_=Double))
    ordered = found.where(near.in_box(Listing)).order_by(near.plane_m(Listing))
    return ordered.limit(_written(shape.candidates))


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


def _with_walk(head: ColumnElement[str], metres: ColumnElement[float]) -> ColumnElement[str]:
    """The stored feature, completed by the two figures that depend on here."""
    tenths = func.round(metres * literal_column("10")) / literal_column("10")
    strides = (metres - literal_column(str(_NOISE_M))) / _STRIDE
    minutes = func.greatest(literal_column("1"), func.ceil(strides))
    return func.concat(
        head,
        literal_column("""',"distance_m":'"""),
        tenths,
        literal_column("""',"walk_minutes":'"""),
        minutes,
        literal_column(f"'{FEATURE_END}'"),
        type_=Text,
    )


def _written(number: int) -> ColumnElement[int]:
    """A number written into the statement: the planner must see a LIMIT to respect it."""
    return literal_column(str(number), Integer)


def _compiled(statement: Select[*tuple[Any, ...]]) -> str:
    """SQL with `%(name)s` for every value; what is always the same is written out."""
    return str(statement.compile(dialect=_DIALECT))
