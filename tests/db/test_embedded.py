"""The embedded PostgreSQL outlives whoever is killed, and loses nothing."""

import os
import random
import shutil
import signal
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
import pytest

from geo_service.db import folders, processes
from geo_service.db.cluster import Cluster
from geo_service.db.embedded import running
from tests.db.people import person

KILLS = int(os.environ.get("TEST_KILLS", "4"))
"""How many first starts are killed; more find rarer moments."""

FIRST_START_S = 2.0
"""About how long a first start takes; kills are spread over it."""


def answers(cluster: Cluster) -> bool:
    with cluster.connect("geo") as connection:
        return connection.execute("SELECT postgis_version()").fetchone() is not None


def remember(cluster: Cluster, number: int) -> None:
    with cluster.connect("geo") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS number (n int)")
        connection.execute("INSERT INTO number VALUES (%s)", [number])


def remembered(cluster: Cluster) -> set[int]:
    with cluster.connect("geo") as connection:
        return {n for (n,) in connection.execute("SELECT n FROM number")}


def kill(pid: int | None) -> None:
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("moment", range(KILLS))
def test_a_first_start_may_be_killed_at_any_moment(empty_home: Path, moment: int) -> None:
    seconds = random.uniform(moment, moment + 1) * FIRST_START_S / KILLS
    with person(empty_home) as starter:
        time.sleep(seconds)
        starter.is_told(signal.SIGKILL)
    with running(empty_home, durable=False) as cluster:
        assert answers(cluster), f"killed after {seconds} s"
    assert not cluster.is_running
    with running(empty_home, durable=False):
        assert not list(empty_home.glob(".making-*"))


@pytest.mark.parametrize("seconds", [0.1, 0.4, 1.0])
def test_a_first_start_may_be_called_off(empty_home: Path, seconds: float) -> None:
    with person(empty_home) as starter:
        time.sleep(seconds)
        starter.is_told(signal.SIGTERM)
    assert not Cluster.at(empty_home).is_running


def test_twenty_who_start_at_once_share_one_server(empty_home: Path) -> None:
    with ExitStack() as all_leave:
        people = [all_leave.enter_context(person(empty_home)) for _ in range(20)]
        servers = {someone.says() for someone in people}
        cluster = Cluster.at(empty_home)
        assert servers == {cluster.server}
        for someone in people:
            someone.leaves()
        assert not cluster.is_running


def test_the_last_user_stops_it(old_home: Path) -> None:
    with person(old_home) as someone:
        server = someone.says()
        with running(old_home, durable=False) as cluster:
            assert cluster.server == server
        assert cluster.server == server
        someone.leaves()
        assert not cluster.is_running


def test_the_server_of_a_killed_user_serves_the_next(old_home: Path) -> None:
    with person(old_home) as someone:
        server = someone.says()
        someone.is_told(signal.SIGKILL)
    with running(old_home, durable=False) as cluster:
        assert cluster.server == server
    assert not cluster.is_running


def test_no_acknowledged_row_is_lost_with_the_server(old_home: Path) -> None:
    acknowledged = set()
    with running(old_home) as cluster, cluster.connect("geo") as connection:
        connection.execute("CREATE TABLE number (n int)")
        with suppress(psycopg.OperationalError):
            for n in range(100_000):
                connection.execute("INSERT INTO number VALUES (%s)", [n])
                acknowledged.add(n)
                if n == 500:
                    processes.tell(cluster.processes, signal.SIGKILL)
    with running(old_home) as cluster:
        assert 500 < len(acknowledged) < 100_000
        assert acknowledged <= remembered(cluster)


def test_a_server_that_dies_in_use_comes_back(old_home: Path) -> None:
    with running(old_home, durable=False) as cluster:
        remember(cluster, 1)
        killed = cluster.server
        kill(killed)
        assert processes.until(lambda: cluster.server != killed and cluster.is_open, 10)
        assert remembered(cluster) == {1}


def test_a_server_that_lost_its_socket_is_found_again(old_home: Path) -> None:
    with running(old_home, durable=False) as cluster:
        remember(cluster, 1)
        shutil.rmtree(cluster.socket)
        assert processes.until(lambda: cluster.is_open, 10)
        assert remembered(cluster) == {1}


def test_backends_that_outlive_their_server_are_seen_off(old_home: Path) -> None:
    with person(old_home) as someone:
        someone.says()
        cluster = Cluster.at(old_home)
        asked = cluster.connect("geo")
        pid = asked.info.backend_pid
        os.kill(pid, signal.SIGSTOP)  # as if deep in a long query
        kill(cluster.server)
        someone.is_told(signal.SIGKILL)
        with running(old_home, durable=False):
            assert answers(cluster)
            assert pid not in cluster.processes
        asked.close()


@pytest.mark.parametrize("what_is_left", ["the number of nobody", "the number of a stranger", ""])
def test_a_stale_pid_file_stops_nobody(old_home: Path, what_is_left: str) -> None:
    with running(old_home, durable=False) as cluster:
        remember(cluster, 1)
        pid_file = (cluster.data / "postmaster.pid").read_text()
        server = str(cluster.server)
    user = folders.server_user(cluster.home)
    stranger = subprocess.Popen(
        ["/bin/sleep", "60"], user=user.pw_uid if os.geteuid() == 0 else None
    )
    pid = {"": "", "the number of nobody": server}.get(what_is_left, str(stranger.pid))
    (cluster.data / "postmaster.pid").write_text(pid and pid_file.replace(server, pid, 1))
    try:
        with running(old_home, durable=False) as cluster:
            assert remembered(cluster) == {1}
        assert stranger.poll() is None, "the stranger was ended"
    finally:
        stranger.kill()
        stranger.wait()


def test_it_is_durable_unless_said_otherwise(old_home: Path) -> None:
    with running(old_home) as cluster, cluster.connect("geo") as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",), setting


def test_the_callers_own_server_is_forgotten(
    old_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGSERVICE": "none",
        "PGHOST": "192.0.2.1",
        "PGPORT": "1",
        "PGOPTIONS": "-c none=1",
        "PGDATA": "/none",
    }.items():
        monkeypatch.setenv(name, value)
    with running(old_home, durable=False) as cluster:
        assert answers(cluster)
