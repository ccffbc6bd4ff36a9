"""What is within a walk: the question this service exists for.

Features lie in PostgreSQL as text, and are joined as they are (`page`). The search is written
once, as a generator that says what to ask next (`finding`), and driven by whoever has a
connection: the asynchronous reader of the API, or a session of a page (`find`).
"""

from bisect import bisect_right
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy.orm import Session

from geo_service.geo.nearby import Circle
from geo_service.listings.queries import census, statements, visible
from geo_service.listings.queries.beyond import Ask, Rows, beyond
from geo_service.listings.queries.census import Census
from geo_service.listings.queries.cursor import Rim
from geo_service.listings.queries.page import Page
from geo_service.listings.queries.search import Search
from geo_service.listings.queries.statements import Shape, Way

_CANDIDATES = (24, 58, 112, 220)
"""How many rows are measured at first: a tenth to a fifth more than fit on the page, which as a
rule settles the rim. Few sizes, because each is a statement of its own."""

_MORE = 4
"""So many times more candidates when the first ones did not settle the rim."""


@dataclass(frozen=True)
class Found:
    """One page of listings, nearest first."""

    text: bytes
    """GeoJSON features joined by commas, in UTF-8."""

    number: int
    cursor: str | None
    """For the next page; None on the last."""

    beyond: bytes
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


Finding = Generator[Ask, Rows, Found]
"""A search under way: yields what to ask, is sent the rows, returns what it found."""


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
            rows = connection.exec_driver_sql(ask.statement, ask.values)
            ask = search_under_way.send([tuple(row) for row in rows])
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
        candidates=_CANDIDATES[bisect_right(_CANDIDATES, search.limit)],
    )
    if shape.way is Way.CELLS:
        values["cells"] = circle.cells
    while True:
        rows = yield Ask(statements.candidates(shape), values)
        farthest_plane_m = rows[-1][2] if rows else 0.0
        page = Page.of(rows, circle, after, search.limit)
        if len(rows) < shape.candidates or shape.way is not Way.PLANE:
            break
        if _is_settled(page, circle, farthest_plane_m):
            break
        shape = shape._replace(candidates=shape.candidates * _MORE)
    nearest = b"null"
    if not page.shown and not after:
        nearest = yield from beyond(search, shape, values)
    rim = page.rim
    return Found(
        page.text(circle, search.pace),
        len(page.shown),
        rim and rim.cursor(search),
        nearest,
    )


def _is_settled(page: Page, circle: Circle, farthest_plane_m: float) -> bool:
    """Whether no row that the plane did not hand out could belong on this page.

    Order on the plane is order on the ground only nearly: the last row handed out must lie
    surely farther than the first row after the page, or than the rim.
    """
    reach = circle.binds["chord2"] if page.next_chord2 is None else page.next_chord2
    return circle.surely_reaches(reach, farthest_plane_m)


def _way(
    search: Search, circle: Circle, values: Mapping[str, Any], counted: Census
) -> Generator[Ask, Rows, Way]:
    """The quickest way to the candidates. All lead to the same ones."""
    if visible.has_trigram(values["longest"]):
        ((bearers,),) = yield Ask(statements.bearers(census.FEW), values)
        if bearers < census.FEW:
            return Way.WORDS
    if not circle.on_plane:
        return Way.CELLS
    if search.kinds and search.within_m <= census.NEAR_M:
        if counted.is_stale(values["at"]):
            (row,) = yield Ask(census.STATEMENT, {})
            counted.learn(row, values["at"])
        if counted.rare(search.kinds):
            return Way.CELLS
    return Way.PLANE


def _values(search: Search, circle: Circle, at: datetime) -> dict[str, Any]:
    values = {
        "at": at,
        "limit": search.limit,
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
