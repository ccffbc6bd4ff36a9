"""Where an embedded cluster can live, whose it is, and what is left alone."""

import os
import pwd
import stat
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, text

from geo_service.db import binaries, folders
from geo_service.db.binaries import PostgresIsMissing
from geo_service.db.cluster import Cluster
from geo_service.db.embedded import running
from geo_service.db.folders import FolderIsNotOurs, FolderIsNotYours
from geo_service.db.server import PostgresDoesNotStart
from tests.db.people import as_user, person

AM_ROOT = os.geteuid() == 0


@pytest.mark.parametrize(
    "name", ["긴" * 30 + "/" + "x" * 90, "a, b \"$HOME\" $(exit) \\ 'c' 100% 동네?#&@="]
)
def test_any_path_will_do(empty_home: Path, name: str) -> None:
    with running(empty_home / name, durable=False) as cluster:
        with create_engine(cluster.url(), poolclass=NullPool).connect() as connection:
            assert connection.scalar(text("SELECT current_user")) == "geo_app"
        assert cluster.data.is_relative_to(empty_home)
        assert len(os.fsencode(cluster.socket / ".s.PGSQL.5432")) <= folders.LONGEST_SOCKET_PATH


def test_a_moved_cluster_is_still_itself(old_home: Path) -> None:
    with running(old_home, durable=False) as before:
        name = before.name
    there = old_home / "there"
    there.mkdir()
    before.data.rename(there / "cluster")
    with running(there, durable=False) as after:
        assert after.name == name
        assert after.is_open


def test_only_the_servers_user_may_enter(old_home: Path) -> None:
    with running(old_home, durable=False) as cluster:
        user = folders.server_user(old_home)
        assert user.pw_uid != 0
        for folder in (cluster.data, cluster.socket):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert folder.stat().st_uid == user.pw_uid
        socket = cluster.socket / f".s.PGSQL.{folders.PORT}"
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700


def test_other_people_on_the_machine_cannot_connect(old_home: Path) -> None:
    with running(old_home, durable=False) as cluster:
        url = cluster.url().replace("+psycopg", "")
        psycopg.connect(url).close()
        # Without root there is nobody else to be: then the modes above have to do.
        answer = as_user("nobody", _try_to_connect, url) if AM_ROOT else "Permission denied"
        assert "Permission denied" in str(answer)


def test_an_ordinary_user_runs_a_cluster_of_his_own(empty_home: Path) -> None:
    home = empty_home / "of-mine"
    home.mkdir()
    if AM_ROOT:
        os.chown(home, pwd.getpwnam("nobody").pw_uid, -1)
    owner = home.stat().st_uid
    with person(home, "nobody" if AM_ROOT else None) as someone:
        assert isinstance(someone.says(), int)
        cluster = Cluster(home)
        assert (cluster.data.stat().st_uid, cluster.socket.stat().st_uid) == (owner, owner)
        someone.leaves()
    with running(home, durable=False) as cluster:  # root may come, too
        assert cluster.is_open
        assert cluster.data.stat().st_uid == owner


def test_a_folder_of_somebody_else_is_not_touched(empty_home: Path) -> None:
    closed = empty_home / "closed"
    closed.mkdir(mode=0o755 if AM_ROOT else 0o555)
    if AM_ROOT:
        with person(closed, "nobody") as someone:
            problem = someone.says()
        assert isinstance(problem, FolderIsNotYours)
    else:
        with pytest.raises(FolderIsNotYours) as met, running(closed):
            pass
        problem = met.value
    assert "GEO_DATA_DIR" in str(problem)
    assert list(closed.iterdir()) == []


def test_roots_server_keeps_out_of_folders_it_cannot_reach(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "STAND_INS", empty_home / "stand-ins")
    closed = empty_home / "closed"
    closed.mkdir(mode=0o700)
    with running(closed / "home", durable=False) as cluster:
        assert cluster.is_open
        assert cluster.home.parent == (empty_home / "stand-ins" if AM_ROOT else closed)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_foreign_cluster_is_refused_and_left_alone(empty_home: Path) -> None:
    foreign = empty_home / "cluster"
    foreign.mkdir()
    (foreign / "PG_VERSION").write_text("15\n")
    with pytest.raises(FolderIsNotOurs, match="left alone"), running(empty_home):
        pass
    with pytest.raises(FolderIsNotOurs, match="GEO_DATABASE_URL"), running(foreign):
        pass
    assert (foreign / "PG_VERSION").read_text() == "15\n"


def test_a_cluster_of_another_version_asks_for_that_version(old_home: Path) -> None:
    (old_home / "cluster" / "PG_VERSION").write_text("99\n")
    with pytest.raises(PostgresIsMissing, match="postgresql-99-postgis-3"), running(old_home):
        pass


def test_without_postgresql_it_says_what_to_install(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "DEBIAN", empty_home)
    monkeypatch.setenv("PATH", str(empty_home))
    with pytest.raises(PostgresIsMissing, match="apt-get install"), running(empty_home):
        pass


def test_a_server_that_cannot_start_says_why(old_home: Path) -> None:
    with (old_home / "cluster" / "postgresql.conf").open("a") as configuration:
        configuration.write("work_mem = 'much'\n")
    with pytest.raises(PostgresDoesNotStart, match="work_mem"), running(old_home):
        pass
    assert not Cluster(old_home).is_running


def _try_to_connect(url: str) -> str:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError as refused:
        return str(refused)
    return "connected"
