"""Who may do what in a database that is fresh from bootstrap.sql."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import NullPool, create_engine

from geo_service.db import binaries, cluster
from geo_service.db.embedded import Cluster
from geo_service.db.inspection import inspect

PASSWORDS = Path(cluster.__file__).with_name("passwords.sql")


@pytest.fixture(scope="module")
def fresh(any_cluster: Cluster) -> Iterator[Cluster]:
    any_cluster.create_database("fresh")
    with signed_in(any_cluster, "geo_owner") as owner:
        owner.execute("CREATE TABLE secret (word text)")
        owner.execute("CREATE TABLE listing (title text)")
        owner.execute("GRANT SELECT ON listing TO geo_app")
    yield any_cluster
    any_cluster.drop_database("fresh")


def signed_in(fresh: Cluster, role: str) -> AbstractContextManager[psycopg.Connection]:
    return psycopg.connect(fresh.url(role, "fresh").replace("+psycopg", ""), autocommit=True)


@pytest.mark.parametrize(
    "forbidden",
    [
        "CREATE TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "SELECT * FROM secret",
        "INSERT INTO listing VALUES ('mine')",
        "DROP TABLE listing",
        "SET ROLE geo_owner",
        "SET ROLE postgres",
        "SELECT pg_read_file('postgresql.conf')",
        "COPY listing TO PROGRAM 'cat'",
        "ALTER SYSTEM SET fsync = off",
    ],
)
def test_the_service_may_not(fresh: Cluster, forbidden: str) -> None:
    with signed_in(fresh, "geo_app") as app, pytest.raises(errors.InsufficientPrivilege):
        app.execute(forbidden)


@pytest.mark.parametrize(
    "allowed",
    [
        "SELECT * FROM listing",
        "CREATE TEMPORARY TABLE mine (n int)",
        "SELECT ST_Distance('POINT(126.8 35.1)'::geography, 'POINT(126.8 35.2)'::geography)",
    ],
)
def test_the_service_may(fresh: Cluster, allowed: str) -> None:
    with signed_in(fresh, "geo_app") as app:
        app.execute(allowed)


def test_neither_role_has_rights_beyond_its_own(fresh: Cluster) -> None:
    with signed_in(fresh, "geo_app") as app:
        rights = app.execute(
            "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication "
            "OR rolbypassrls OR rolinherit FROM pg_roles WHERE rolname LIKE 'geo_%' ORDER BY 1"
        )
        roles = ("geo_app", "geo_owner", "geo_reports")
        assert rights.fetchall() == [(role, False) for role in roles]


def test_nobody_else_may_even_connect(fresh: Cluster) -> None:
    with fresh.connect("postgres") as superuser:
        superuser.execute("CREATE ROLE passer_by LOGIN")
        try:
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                signed_in(fresh, "passer_by")
        finally:
            superuser.execute("DROP ROLE passer_by")


def test_running_it_again_changes_nothing(fresh: Cluster) -> None:
    fresh.create_database("fresh")
    with signed_in(fresh, "geo_app") as app:
        assert app.execute("SELECT * FROM listing").fetchall() == []


def test_words_are_found_in_the_middle_of_korean(fresh: Cluster) -> None:
    with signed_in(fresh, "geo_app") as app:
        (trigrams,) = app.execute("SELECT show_trgm('첨단1동')").fetchone() or ([],)
        assert len(trigrams) == 5
        (ordered,) = app.execute(
            "SELECT array_agg(w ORDER BY w) FROM unnest(ARRAY['하남동','송정1동','광산구']) AS w"
        ).fetchone() or ([],)
        assert ordered == ["광산구", "송정1동", "하남동"]


def test_a_database_that_cannot_read_hangul_is_recognised(fresh: Cluster) -> None:
    with fresh.connect("postgres") as superuser:
        superuser.execute("CREATE DATABASE ascii TEMPLATE template0 LOCALE 'C'")
    fresh.create_database("ascii")
    try:
        for database, knows in {"fresh": True, "ascii": False}.items():
            engine = create_engine(fresh.url(database=database), poolclass=NullPool)
            with engine.connect() as connection:
                assert inspect(connection).knows_hangul == knows, database
    finally:
        fresh.drop_database("ascii")


def test_an_operator_gives_the_roles_passwords(fresh: Cluster) -> None:
    psql = [binaries.choose()["psql"], "-X", "-q", "-h", fresh.socket, "-U", "postgres"]
    words = {
        "GEO_OWNER_PASSWORD": "o'wn\"er",
        "GEO_APP_PASSWORD": "앱 $app",
        "GEO_REPORTS_PASSWORD": "re ports",
    }

    def give(environment: dict[str, str]) -> int:
        command = [*psql, "-d", "fresh", "-f", PASSWORDS]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
        return done.returncode

    assert give(words) == 0
    with fresh.connect("fresh") as superuser:
        known = superuser.execute(
            "SELECT count(rolpassword) FROM pg_authid WHERE rolname LIKE 'geo_%'"
        )
        assert known.fetchone() == (3,)
    assert give({name: words[name] for name in list(words)[:2]}) != 0, "one was not given"
    assert os.environ.keys().isdisjoint(words)
