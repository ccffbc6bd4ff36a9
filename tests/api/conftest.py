"""The service as the public meets it: real pools, committed rows."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session, sessionmaker

from geo_service.accounts.models import Person
from geo_service.app import build_app
from geo_service.db.embedded import Cluster
from geo_service.db.opening import Database
from geo_service.db.session import open_engine, open_reading_engine
from geo_service.settings import Settings
from tests.cases import Gu
from tests.conftest import SECRET
from tests.databases import a_database
from tests.factories import a_job, a_space, an_office, walk
from tests.people import Enter, come_in
from tests.vaults import a_vault

NAME = "open_to_all"


@pytest.fixture(scope="session")
def open_database(cluster: Cluster) -> Iterator[Database]:
    """A database of its own, with some listings."""
    with a_database(cluster, NAME) as url:
        engine, reader = open_engine(url), open_reading_engine(url)
        database = Database(
            url=url,
            read_url=url,
            sessions=sessionmaker(engine, expire_on_commit=False),
            read_sessions=sessionmaker(reader, expire_on_commit=False),
        )
        with database.sessions() as session:
            office = an_office(session)
            for n in range(5):
                a_job(session, office_id=office.id, place=walk(100 * n))
                a_space(session, office_id=office.id, place=walk(100 * n, 90))
        yield database
        engine.dispose()
        reader.dispose()


@pytest.fixture(scope="session")
def public(cluster: Cluster, open_database: Database) -> Iterator[FastAPI]:
    """The service on it."""
    with a_vault(cluster, NAME) as vault:
        yield build_app(Settings(), open_database, secret=SECRET, vault=vault)


@pytest.fixture
def enter(app: FastAPI, session: Session) -> Iterator[Enter]:
    """People's browsers; they are closed afterwards."""
    with ExitStack() as browsers:

        def enter(person: Person) -> TestClient:
            return browsers.enter_context(come_in(app, session, person))

        yield enter


@pytest.fixture
def kim(enter: Enter, gu: Gu) -> TestClient:
    """The browser of a caseworker of the west."""
    return enter(gu.kim)


@pytest.fixture
def park(enter: Enter, gu: Gu) -> TestClient:
    """The same of the east."""
    return enter(gu.park)
