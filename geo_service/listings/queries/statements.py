"""The SQL of the nearby search, compiled once for every shape of question.

A shape is what changes the plan: which kinds, how many words, how many rows. Places, radii and
moments are bound values (`geo.nearby.Circle.binds`), so that PostgreSQL keeps one prepared
plan per shape.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy import tuple_ as pair
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql.psycopg import dialect as psycopg_dialect

from geo_service.geo import nearby as near
from geo_service.listings.models import Kind, Listing
from geo_service.listings.queries import visible

_LNG, _LAT = bindparam("lng", type_=Double), bindparam("lat", type_=Double)
_STRIDE = bindparam("metres_per_minute", type_=Double)
_STORED: ColumnElement[str] = literal_column("listing.feature", Text)
_DIALECT = psycopg_dialect()  # type: ignore[no-untyped-call]
_NOISE_M = 0.0005
"""Half a millimetre never adds a minute."""


class Shape(NamedTuple):
    """What a statement must be able to answer."""

    kinds: tuple[Kind, ...] = ()
    words: int = 0
    open_then: bool = False
    later_page: bool = False
    by_cells: bool = False
    limit: int = 50
    candidates: int = 71
    """How many rows the plane hands out before they are measured; the cells hand out all."""


class Statement(NamedTuple):
    """SQL with `%(name)s` for every value, and the values that are always the same."""

    text: str
    constants: Mapping[str, object]


@lru_cache(maxsize=512)
def page(shape: Shape) -> Statement:
    """One page of a search.

    Shape: one row — features in order as text joined by commas; how many; squared chord and id
    of the last, when the page is full; squared chord of the one after it; how many candidates
    were measured; the plane distance of the farthest of them.
    """
    candidate = _candidates(shape).cte("candidate")
    inside = select(candidate).where(near.in_circle(candidate.c.chord2))
    if shape.later_page:
        after = bindparam("after_chord2", type_=Double), bindparam("after_id", type_=Uuid)
        inside = inside.where(pair(candidate.c.chord2, candidate.c.id) > pair(*after))
    inside = inside.order_by(candidate.c.chord2, candidate.c.id).limit(_written(shape.limit + 1))
    best = (
        inside.add_columns(
            func.row_number().over(order_by=(candidate.c.chord2, candidate.c.id)).label("n")
        )
    ).subquery("best")
    on_page = best.c.n <= _written(shape.limit)
    is_last = best.c.n == _written(shape.limit)
    is_next = best.c.n > _written(shape.limit)
    feature = _with_walk(_STORED, near.metres(best.c.chord2))
    statement = select(
        func.coalesce(
            func.string_agg(feature, aggregate_order_by(literal_column("','"), best.c.n)).filter(
                on_page
            ),
            "",
        ),
        func.count().filter(on_page),
        func.max(best.c.chord2).filter(is_last),
        func.max(cast(best.c.id, Text)).filter(is_last),
        func.max(best.c.chord2).filter(is_next),
        select(func.count()).select_from(candidate).scalar_subquery(),
        select(func.max(candidate.c.plane_m)).scalar_subquery(),
    ).select_from(best.join(Listing.__table__, Listing.id == best.c.id))
    return _compiled(statement)


@lru_cache(maxsize=512)
def first_beyond(shape: Shape) -> Statement:
    """How far, in metres, the listing is that lies nearest on the plane; no row is -1."""
    statement = (
        select(_geodesic().label("distance_m"))
        .where(visible.on_offer(), *_filters(shape))
        .order_by(near.plane_m(Listing))
        .limit(_written(1))
    )
    if shape.words or shape.open_then:
        statement = statement.where(near.in_box(Listing))
    nearest = statement.subquery("nearest")
    return _compiled(select(func.coalesce(func.max(nearest.c.distance_m), -1.0)))


@lru_cache(maxsize=512)
def nearest_beyond(shape: Shape) -> Statement:
    """The listing that is truly nearest among those about as near on the plane, as a feature."""
    candidate = (
        select(Listing.feature, Listing.id, _geodesic().label("distance_m"))
        .where(visible.on_offer(), near.in_box(Listing), *_filters(shape))
        .order_by(near.plane_m(Listing))
        .limit(_written(shape.candidates))
    ).subquery("candidate")
    feature = _with_walk(candidate.c.feature, candidate.c.distance_m)
    return _compiled(
        select(feature).order_by(candidate.c.distance_m, candidate.c.id).limit(_written(1))
    )


def _candidates(shape: Shape) -> Select[UUID, float, float]:
    found = select(
        Listing.id,
        near.chord2(Listing).label("chord2"),
        near.plane_m(Listing).label("plane_m"),
    ).where(visible.on_offer(), *_filters(shape))
    if shape.by_cells:
        return found.where(near.in_cells(Listing))
    if shape.later_page:
        found = found.where(near.plane_m(Listing) >= bindparam("plane_from", type_=Double))
    ordered = found.where(near.in_box(Listing)).order_by(near.plane_m(Listing))
    return ordered.limit(_written(shape.candidates))


def _filters(shape: Shape) -> list[ColumnElement[bool]]:
    then = [visible.open_then()] if shape.open_then else []
    return [*visible.of_kinds(shape.kinds), *visible.with_words(shape.words), *then]


def _geodesic() -> ColumnElement[float]:
    here = func.ST_SetSRID(func.ST_MakePoint(_LNG, _LAT), 4326).op("::")(
        literal_column("geography")
    )
    return func.ST_Distance(literal_column("listing.place"), here, type_=Double())


def _with_walk(feature: ColumnElement[str], metres: ColumnElement[float]) -> ColumnElement[str]:
    """The stored feature, its properties opened again for the two figures that depend on here."""
    tenths = func.round(metres * 10) / 10
    minutes = cast(func.greatest(1.0, func.ceil((metres - _NOISE_M) / _STRIDE)), Integer)
    return func.concat(
        func.left(feature, -2),
        ',"distance_m":',
        cast(tenths, Text),
        ',"walk_minutes":',
        minutes,
        "}}",
    )


def _written(number: int) -> ColumnElement[int]:
    """A number written into the statement: the planner must see a LIMIT to respect it."""
    return literal_column(str(number), Integer)


def _compiled(statement: Select[Any]) -> Statement:
    compiled = statement.compile(dialect=_DIALECT)
    constants = {name: value for name, value in compiled.params.items() if value is not None}
    return Statement(str(compiled), constants)
