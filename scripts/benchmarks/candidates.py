"""Ways to ask one connection what is near: ours, and what others would write.

Each makes the same answer, one text of the nearest fifty features in order, and is timed from
the question in Python to that text.
"""

from collections.abc import Callable
from enum import StrEnum, auto
from typing import Any, NamedTuple, cast

from psycopg import Connection

from geo_service.clock import now
from geo_service.geo.cells import cells_within
from geo_service.geo.place import Place
from geo_service.listings.models import Kind
from geo_service.listings.queries import Search, census
from geo_service.listings.queries.census import Census
from geo_service.listings.queries.nearby import Found, finding

LIMIT = 50


class Question(NamedTuple):
    """What is asked: around a place, of some kinds or of all."""

    lat: float
    lng: float
    within_m: float = 700
    kinds: tuple[str, ...] = ()


Way = Callable[[Question], str]
"""Asks one connection; the features as text."""


class _Kind(StrEnum):
    """The kinds of `synthetic.KINDS`, some of which the service does not know yet."""

    SPACE = auto()
    JOB = auto()
    MEETING = auto()
    GATHERING = auto()
    GRANT = auto()
    RESOURCE = auto()


_OTHERS = """
SELECT coalesce(string_agg(concat(feature_head, ',"distance_m":', round(metres::numeric, 1),
    ',"walk_minutes":', greatest(1, ceil(metres / 70.2)), '}}}}'), ',' ORDER BY metres, id), '')
FROM (
    SELECT id, feature_head, ST_Distance(place, {here}) AS metres FROM listing
    WHERE shown AND published_at <= %(at)s AND open_during @> %(at)s AND {kinds} AND {near}
        AND ST_DWithin(place, {here}, %(within_m)s)
    ORDER BY metres, id LIMIT 50
) AS nearest
"""

_HERE = "ST_SetSRID(ST_MakePoint(%(lng)s, %(lat)s), 4326)::geography"


class OurWay:
    """The very statements that the service runs, made by the code that makes them there."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.census = Census()
        row = connection.execute(census.STATEMENT).fetchone()
        assert row is not None
        self.census.learn(row, now())

    def __call__(self, question: Question) -> str:
        """The features as text; from an empty circle, nobody else looks further."""
        return self.found(question, look_beyond=False).text.decode()

    def found(self, question: Question, *, look_beyond: bool = True) -> Found:
        """All that the service learns."""
        search = Search(
            Place(question.lat, question.lng),
            within_m=question.within_m,
            kinds=cast(tuple[Kind, ...], tuple(map(_Kind, question.kinds))),
            limit=LIMIT,
        )
        under_way = finding(search, at=now(), cursor=None, counted=self.census)
        try:
            ask = next(under_way)
            while True:
                said = self.connection.execute(ask.statement, ask.values, binary=True)
                rows = said.fetchall()
                if not look_beyond and all(row[0] > ask.values["chord2"] for row in rows):
                    return Found(text=b"", number=0, cursor=None, beyond=b"null")
                ask = under_way.send(rows)
        except StopIteration as end:
            found: Found = end.value
            return found


def geography_gist(connection: Connection) -> Way:
    """What everybody writes: ST_DWithin on a geography index, then sort."""
    return _other_way(connection, near="true")


def h3_and_dwithin(connection: Connection) -> Way:
    """Hexagons that cover the circle, then ST_DWithin."""
    return _other_way(connection, near="cell = ANY(%(cells)s)")


def _other_way(connection: Connection, *, near: str) -> Way:
    def ask(question: Question) -> str:
        values: dict[str, Any] = {**question._asdict(), "at": now()}
        if "cells" in near:
            place = Place(question.lat, question.lng)
            values["cells"] = list(cells_within(place, question.within_m))
        kinds = ", ".join(f"'{kind}'" for kind in question.kinds)
        statement = _OTHERS.format(
            here=_HERE, near=near, kinds=f"kind IN ({kinds})" if kinds else "true"
        )
        row = connection.execute(statement, values).fetchone()
        assert row is not None
        return str(row[0])

    return ask


WAYS: dict[str, Callable[[Connection], Way]] = {
    "ours": OurWay,
    "geography GiST + ST_DWithin": geography_gist,
    "H3 r9 + ST_DWithin": h3_and_dwithin,
}
"""Each by its name in the report."""
