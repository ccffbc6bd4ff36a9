"""Whoever only looks cannot write, on whichever path; a breach becomes a problem by its name."""

import anyio
import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import InternalError
from sqlalchemy.orm import Session

from geo_service.db.reader import PooledReader
from geo_service.db.session import expecting, open_reading_engine
from geo_service.errors import Conflict
from geo_service.offices.models import Office, OfficeKind
from tests.factories import an_office

WRITE = "UPDATE office SET name = name RETURNING 1"


class Taken(Conflict):
    """This is taken."""


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_a_reading_session_is_refused_by_postgresql(engine: Engine) -> None:
    reading = open_reading_engine(url_of(engine))
    with reading.connect() as connection, pytest.raises(InternalError, match="read-only"):
        connection.execute(text(WRITE))
    reading.dispose()


def test_so_is_the_fast_path(engine: Engine) -> None:
    async def write() -> None:
        reader = PooledReader(url_of(engine))
        try:
            await reader.rows(WRITE, {})
        finally:
            await reader.close()

    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        anyio.run(write)


def test_the_fast_path_reads_as_the_service(engine: Engine) -> None:
    async def read() -> list[tuple[object, ...]]:
        reader = PooledReader(url_of(engine))
        try:
            return await reader.rows("SELECT current_user::text, %(n)s::int", {"n": 7})
        finally:
            await reader.close()

    assert anyio.run(read) == [("geo_app", 7)]


def test_a_breach_becomes_the_problem_of_its_name(session: Session) -> None:
    an_office(session, reference="one")
    again = Office(kind=OfficeKind.LIBRARY, name="도서관", reference="one")
    with pytest.raises(Taken), expecting(session, "office_reference_key", Taken()):
        session.add(again)
