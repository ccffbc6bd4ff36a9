"""Whether answers are right: the ordered nearest fifty against PostGIS on the spheroid."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from psycopg import Connection

from geo_service.clock import now
from geo_service.db.reader import OPTIONS
from scripts.benchmarks.candidates import LIMIT, OurWay, Question
from scripts.benchmarks.database import Country

_ORACLE = """
SELECT id::text, metres
FROM (
    SELECT id, ST_Distance(place, ST_SetSRID(ST_MakePoint(%(lng)s, %(lat)s), 4326)::geography)
        AS metres
    FROM listing
    WHERE shown AND published_at <= %(at)s AND open_during @> %(at)s
        AND (%(kinds)s::text[] = '{}' OR kind = ANY(%(kinds)s::text[]))
        AND ST_DWithin(place, ST_SetSRID(ST_MakePoint(%(lng)s, %(lat)s), 4326)::geography,
            %(within_m)s + 0.001)
) AS near
WHERE metres <= %(within_m)s
ORDER BY metres, id LIMIT %(limit)s
"""
"""ST_DWithin allows itself a tolerance, so it is asked for a little more than is kept."""


class Answer(NamedTuple):
    """The nearest listings, in order."""

    ids: tuple[str, ...]
    metres: tuple[float, ...]


def right_answers(country: Country, questions: Sequence[Question]) -> list[Answer]:
    """What PostGIS says."""
    with country.connect(OPTIONS) as connection:
        return [_right_answer(connection, question) for question in questions]


def _right_answer(connection: Connection, question: Question) -> Answer:
    values = {**question._asdict(), "kinds": list(question.kinds), "at": now(), "limit": LIMIT}
    rows = connection.execute(_ORACLE, values).fetchall()
    return Answer(tuple(row[0] for row in rows), tuple(row[1] for row in rows))


def our_answers(country: Country, questions: Sequence[Question]) -> list[tuple[str, ...]]:
    """What the service says, as ids."""
    with country.connect(OPTIONS) as connection:
        way = OurWay(connection)
        return [
            tuple(feature["id"] for feature in way.found(question).features)
            for question in questions
        ]


def ids_of(body: bytes) -> tuple[str, ...]:
    """The ids of a GeoJSON answer, in order."""
    return tuple(feature["id"] for feature in json.loads(body)["features"])


def wrong(right: Sequence[Answer], said: Sequence[tuple[str, ...]]) -> int:
    """How many answers are not the right listings in the right order."""
    return sum(answer.ids != ids for answer, ids in zip(right, said, strict=True))
