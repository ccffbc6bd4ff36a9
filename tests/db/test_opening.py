"""Where the database is, as other programs and other versions of this one meet it."""

import asyncio
import os
import pwd
import subprocess
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from geo_service.db import binaries, folders
from geo_service.db.embedded import running
from geo_service.db.folders import UserHasNoName
from geo_service.db.migrate import SchemaIsNewer, migrate
from geo_service.db.opening import Whereabouts
from geo_service.db.reader import PooledReader
from geo_service.db.url import NotADatabaseUrl, for_libpq, for_sqlalchemy
from geo_service.doctor import findings
from geo_service.settings import PROJECT, Settings

NOBODY = 4_000_000_000
"""A user number that no machine has a name for."""


async def _read_once(whereabouts: Whereabouts) -> tuple[object, ...]:
    """What the fast path gets."""
    assert whereabouts.url
    reader = PooledReader(whereabouts.url)
    try:
        (row,) = await reader.rows("SELECT current_user::text", {})
        return row
    finally:
        await reader.close()


def test_its_address_is_one_for_psql_and_for_ourselves(old_home: Path) -> None:
    spacious = old_home / "a + b 100%"
    spacious.mkdir()
    (old_home / "cluster").rename(spacious / "cluster")
    with running(spacious, durable=False):
        url = Whereabouts(spacious).address()
        psql = [binaries.choose()["psql"], "-X", "-A", "-t", "-c", "SELECT current_user", url]
        told = subprocess.run(psql, capture_output=True, text=True, check=True)  # noqa: S603
        assert told.stdout == "geo_app\n"
        psycopg.connect(url).close()
        assert asyncio.run(_read_once(Whereabouts(spacious, url=url))) == ("geo_app",)
        facts = Whereabouts(spacious, url=url).facts()
        assert facts is not None, "what it prints, it takes"
        assert facts.role == "geo_app"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_url_may_be_written_as_people_write_it(scheme: str) -> None:
    url = f"{scheme}://geo_app:p+%20%40%2B@host:6432/geo?sslmode=verify-full"
    assert for_sqlalchemy(url).startswith("postgresql+psycopg://geo_app:")
    plain = psycopg.conninfo.conninfo_to_dict(for_libpq(for_sqlalchemy(url)))
    assert plain == {
        "user": "geo_app",
        "password": "p+ @+",
        "host": "host",
        "port": "6432",
        "dbname": "geo",
        "sslmode": "verify-full",
    }


@pytest.mark.parametrize(
    "url",
    ["", "geo", "mysql://host/geo", "postgresql+asyncpg://host/geo", "postgresql://host:port/geo"],
)
def test_a_url_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(NotADatabaseUrl):
        for_sqlalchemy(url)


def test_tables_of_a_newer_version_are_left_alone(old_home: Path) -> None:
    with running(old_home, durable=False) as cluster:
        migrate(cluster.url("geo_owner"))
        with cluster.connect("geo") as superuser:
            superuser.execute("UPDATE alembic_version SET version_num = 'tomorrow'")
        with pytest.raises(SchemaIsNewer, match="tomorrow"), ExitStack() as stack:
            stack.enter_context(Whereabouts(old_home).opened())
        with pytest.raises(SchemaIsNewer, match="tomorrow"):
            migrate(cluster.url("geo_owner"))
        looked = list(findings(Settings(data_dir=old_home), Whereabouts(old_home)))
        assert looked[-1].found == SchemaIsNewer.title()


def test_a_user_without_a_name_is_told_so(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY)
    with pytest.raises(UserHasNoName, match=str(NOBODY)), running(empty_home / "home"):
        pass
    looked = findings(Settings(data_dir=empty_home), Whereabouts(empty_home))
    (found,) = [each for each in looked if each.name == "data folder"]
    assert found.found == UserHasNoName.title()


def test_a_folder_of_a_user_without_a_name_has_an_owner_all_the_same(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    assert folders.owner_of(empty_home) == f"user {empty_home.stat().st_uid}"


def test_without_a_word_the_cluster_is_the_projects_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GEO_DATA_DIR", raising=False)
    monkeypatch.chdir(tmp_path)
    assert Settings().data_dir == PROJECT / "var"
    assert (PROJECT / "pyproject.toml").is_file()
