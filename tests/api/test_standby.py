"""Two databases that differ: pages and questions go to the standby, changes to the primary."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from geo_service.__main__ import whereabouts as whereabouts_of
from geo_service.app import build_app
from geo_service.db.embedded import Cluster
from geo_service.db.opening import Database, SchemaIsBehind, Whereabouts
from geo_service.settings import Settings
from geo_service.web.session import DbSession, ReadSession
from tests.databases import a_database
from tests.factories import HOME, a_job

HERE = {"lat": HOME.lat, "lng": HOME.lng}


@pytest.fixture(scope="module")
def whereabouts(cluster: Cluster) -> Iterator[Whereabouts]:
    """A primary and a standby on one server; each holds a listing that the other lacks."""
    with a_database(cluster, "primary") as primary, a_database(cluster, "standby") as standby:
        for name, url in (("primary", primary), ("standby", standby)):
            opened = Whereabouts(cluster.home, url=url).sessions()
            with opened as sessions, sessions() as session:
                a_job(session, title=f"in the {name}")
        yield Whereabouts(cluster.home, url=primary, read_url=standby)


@pytest.fixture(scope="module")
def database(whereabouts: Whereabouts) -> Iterator[Database]:
    """Both of them, open."""
    with whereabouts.opened() as database:
        yield database


@pytest.fixture
def guest(database: Database) -> Iterator[TestClient]:
    """Someone at a service that has two doors more: one writes properly, one where it may not."""
    app: FastAPI = build_app(Settings(), database)

    @app.post("/rename")
    def rename(session: DbSession) -> str:
        session.execute(text("UPDATE listing SET title = 'renamed'"))
        return str(session.scalar(text("SELECT current_database()")))

    @app.get("/rename-while-looking")
    def rename_while_looking(session: ReadSession) -> None:
        session.execute(text("UPDATE listing SET title = 'renamed'"))

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def titles_in(cluster: Cluster, name: str) -> list[str]:
    with cluster.connect(name) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM listing")]


@pytest.mark.parametrize("path", ["/api/v1/listings/nearby", "/"])
def test_who_looks_is_answered_by_the_standby(guest: TestClient, path: str) -> None:
    """The fast path of the API and the sessions of pages alike."""
    seen = guest.get(path, params=HERE).text
    assert "in the standby" in seen
    assert "in the primary" not in seen


def test_who_changes_something_changes_the_primary(guest: TestClient, cluster: Cluster) -> None:
    assert guest.post("/rename").json() == "primary"
    assert titles_in(cluster, "primary") == ["renamed"]
    assert titles_in(cluster, "standby") == ["in the standby"]


def test_the_standby_is_never_written_to(guest: TestClient, cluster: Cluster) -> None:
    assert guest.get("/rename-while-looking").status_code == 500
    assert titles_in(cluster, "standby") == ["in the standby"]


def test_a_standby_of_another_day_is_not_ready(guest: TestClient, cluster: Cluster) -> None:
    assert guest.get("/readyz").status_code == 200
    with cluster.connect("standby") as connection:
        (step,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        connection.execute("DELETE FROM alembic_version")
        assert guest.get("/readyz").status_code == 503
        connection.execute("INSERT INTO alembic_version VALUES (%s)", [step])
    assert guest.get("/readyz").status_code == 200


def test_the_service_does_not_start_on_a_standby_of_another_day(
    whereabouts: Whereabouts, cluster: Cluster
) -> None:
    cluster.create_database("yesterday")
    behind = replace(whereabouts, read_url=cluster.url("geo_app", "yesterday"))
    with pytest.raises(SchemaIsBehind), behind.opened():
        pass
    cluster.drop_database("yesterday")


def test_the_standby_is_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEO_READ_DATABASE_URL", "postgresql://geo_app@standby/geo")
    named = whereabouts_of(Settings()).read_url
    assert named == "postgresql+psycopg://geo_app@standby/geo"
