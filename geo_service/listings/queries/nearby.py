"""What is within a walk: the question this service exists for.

The answer leaves PostgreSQL as one text of GeoJSON features in final order. The search is
written once, as a generator that says what to ask next (`finding`), and driven by whoever has a
connection: the asynchronous reader of the API, or a session of a page (`find`).
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from geo_service.geo.nearby import Circle
from geo_service.listings.queries import census, statements, visible
from geo_service.listings.queries.beyond import Ask, beyond
from geo_service.listings.queries.census import Census
from geo_service.listings.queries.cursor import Rim
from geo_service.listings.queries.search import Search
from geo_service.listings.queries.statements import Shape, Way

_CANDIDATES = (24, 58, 112, 220)
"""How many rows are measured at first: a tenth to a fifth more than fit on the page, which as a
rule settles the rim. Few sizes, because each is a statement of its own."""

_MORE = 4
"""So many times more candidates when the first ones did not settle the rim."""

_TRIGRAM = len("%abc%")
"""The index on words knows patterns of at least three letters."""


@dataclass(frozen=True)
class Found:
    """One page of listings, nearest first."""

    text: bytes
    """GeoJSON features joined by commas, as PostgreSQL wrote them."""

    number: int
    cursor: str | None
    """For the next page; None on the last."""

    beyond: str
    """The nearest feature outside, when there is none inside at all; else `null`."""

    @property
    def features(self) -> list[dict[str, Any]]:
        """The listings, read."""
        features: list[dict[str, Any]] = orjson.loads(b"[%b]" % self.text)
        return features

    @property
    def nearest_beyond(self) -> dict[str, Any] | None:
        """The nearest one outside, read."""
        feature: dict[str, Any] | None = orjson.loads(self.beyond)
        return feature


Finding = Generator[Ask, tuple[Any, ...], Found]
"""A search under way: yields what to ask, is sent the first row, returns what it found."""


def find(
    session: Session,
    search: Search,
    *,
    at: datetime,
    cursor: str | None = None,
    counted: Census | None = None,
) -> Found:
    """Search on the connection of a session. Raises: BadField of the cursor."""
    search_under_way = finding(search, at=at, cursor=cursor, counted=counted or Census())
    connection = session.connection()
    try:
        ask = next(search_under_way)
        while True:
            row = connection.exec_driver_sql(ask.statement, ask.values).one()
            ask = search_under_way.send(tuple(row))
    except StopIteration as end:
        found: Found = end.value
        return found


def finding(search: Search, *, at: datetime, cursor: str | None, counted: Census) -> Finding:
    """What to ask for a search, one statement after the other: as a rule, just one."""
    circle = Circle(search.here, search.within_m)
    after = Rim.read(cursor, search) if cursor else None
    values = _values(search, circle, at) | _values_after(after, circle)
    shape = Shape(
        kinds=tuple(sorted(set(search.kinds))),
        words=bool(search.words.split()),
        open_then=search.open_at is not None,
        later_page=after is not None,
        way=(yield from _way(search, circle, values, counted)),
        candidates=next(size for size in _CANDIDATES if size > search.limit),
    )
    if shape.way is Way.CELLS:
        values["cells"] = circle.cells
    while True:
        page = Page._make((yield Ask(statements.page(shape), values)))
        if shape.way is not Way.PLANE or page.is_settled(shape, circle):
            break
        shape = shape._replace(candidates=shape.candidates * _MORE)
    nearest = "null"
    if not page.number and not after:
        nearest = yield from beyond(search, shape, values)
    return Found(page.text, page.number, page.cursor(search), nearest)


def _way(
    search: Search, circle: Circle, values: Mapping[str, Any], counted: Census
) -> Generator[Ask, tuple[Any, ...], Way]:
    """The quickest way to the candidates. All lead to the same ones."""
    if len(values["longest"]) >= _TRIGRAM:
        (bearers,) = yield Ask(statements.bearers(census.FEW), values)
        if bearers < census.FEW:
            return Way.WORDS
    if not circle.on_plane:
        return Way.CELLS
    if search.kinds and search.within_m <= census.NEAR_M:
        if counted.is_stale(values["at"]):
            counted.learn((yield Ask(census.STATEMENT, {})), values["at"])
        if counted.rare(search.kinds):
            return Way.CELLS
    return Way.PLANE


class Page(NamedTuple):
    """The row that `statements.page` gives."""

    text: bytes
    number: int
    last_chord2: float | None
    last_id: str | None
    next_chord2: float | None
    measured: int
    farthest_plane_m: float | None

    def is_settled(self, shape: Shape, circle: Circle) -> bool:
        """Whether no row that the plane did not hand out could belong on this page.

        Order on the plane is order on the ground only nearly: the last row handed out must lie
        surely farther than the first row after the page, or than the rim.
        """
        if self.measured < shape.candidates or self.farthest_plane_m is None:
            return True
        reach = circle.binds["chord2"] if self.next_chord2 is None else self.next_chord2
        return circle.surely_reaches(reach, self.farthest_plane_m)

    def cursor(self, search: Search) -> str | None:
        """Where the next page starts; None when this is the last."""
        if self.next_chord2 is None or self.last_chord2 is None or self.last_id is None:
            return None
        return Rim(self.last_chord2, UUID(self.last_id)).cursor(search)


def _values(search: Search, circle: Circle, at: datetime) -> dict[str, Any]:
    values = {
        "at": at,
        "limit": search.limit,
        "metres_per_minute": search.pace.metres_per_second * 60,
        **circle.binds,
        **visible.word_values(search.words),
    }
    if search.open_at is not None:
        values |= visible.open_values(search.open_at)
    return values


def _values_after(after: Rim | None, circle: Circle) -> dict[str, Any]:
    if after is None:
        return {}
    return {
        "after_chord2": after.chord2,
        "after_id": after.id,
        "plane_from": circle.least_plane_m(after.chord2),
    }
