"""Fifty people at the same few rooms, over HTTP, at two services on one database.

`TEST_STORM=1000` makes as many attempts each, which takes some minutes, and holds the longest wait
to its goal; `-s` tells the figures.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.session import teach
from geo_service.db.embedded import Cluster
from geo_service.db.session import open_engine
from tests.api.storm import OVERLAPS, UNCLAIMED, Customer, Tally
from tests.conftest import SECRET
from tests.databases import a_database
from tests.people import a_person, a_token
from tests.spaces import a_room, desks

CUSTOMERS = 50
FULL = "TEST_STORM" in os.environ
ATTEMPTS = int(os.environ.get("TEST_STORM", "4"))
"""Of each customer."""

DEEDS = {"book", "hold", "confirm", "move", "cancel", "series"}
LONGEST_WAIT_S = 2.0
NAME = "storm"
DEADLOCKS = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


@pytest.fixture
def town(cluster: Cluster) -> Iterator[Engine]:
    """A database that commits, and goes with the test."""
    with a_database(cluster, NAME) as url:
        teach(cluster.url("geo_owner", NAME), Secret(SECRET))
        engine = open_engine(url)
        yield engine
        engine.dispose()


@contextmanager
def serving(url: str) -> Iterator[int]:
    """The service as a process of its own; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("GEO_")}
    ours = {
        "GEO_DATABASE_URL": url,
        "GEO_REPORTS_DATABASE_URL": url.replace("geo_app", "geo_reports"),
        "GEO_SECRET_KEY": SECRET.decode(),
        "GEO_WORKER": "false",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "geo_service", "serve"],
        env=mine | ours | {"HOST": "127.0.0.1", "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as service:
        try:
            _wait_for(port)
            yield port
        finally:
            service.terminate()


def _wait_for(port: int) -> None:
    ends = monotonic() + 60
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (URLError, OSError):
            assert monotonic() < ends, "the service does not start"
            sleep(0.1)


def watch(engine: Engine, over: Event) -> list[int]:
    """The overlaps that can be seen, again and again until it is over."""
    seen = []
    while not over.wait(0.5):
        with engine.connect() as connection:
            seen.append(connection.scalars(OVERLAPS).one())
    return seen


def storm(ports: Sequence[int], tokens: list[str], spaces: list[str]) -> Tally:
    """All of them at once, half of them at each door; then one who does what none got to."""
    everybody = [
        Customer(ports[seed % len(ports)], token, spaces, seed) for seed, token in enumerate(tokens)
    ]
    whole = Tally()
    with ThreadPoolExecutor(CUSTOMERS) as crowd:
        for tally in crowd.map(lambda customer: customer.visit(ATTEMPTS), everybody):
            whole.add(tally)
    whole.add(Customer(ports[0], tokens[0], spaces, seed=CUSTOMERS).linger(DEEDS))
    return whole


def test_a_storm_of_bookings_leaves_no_double_booking_and_no_error(town: Engine) -> None:
    with Session(town, expire_on_commit=False) as session:
        hall = a_room(session, title="강당")
        parts = [a_room(session, title=f"강당 {side}", part_of_id=hall.id) for side in "가나"]
        shared = desks(session, 4, title="공유 책상")
        alone = a_room(session, title="모임방", terms={"quota_bookings": 5})
        tokens = [a_token(session, a_person(session)) for _ in range(CUSTOMERS)]
        spaces = [str(space.id) for space in (hall, *parts, shared, alone)]
    over, url = Event(), town.url.render_as_string(hide_password=False)
    with serving(url) as one, serving(url) as other, ThreadPoolExecutor(1) as watcher:
        looks = watcher.submit(watch, town, over)
        try:
            tally = storm((one, other), tokens, spaces)
        finally:
            over.set()
    print(tally.told())  # noqa: T201 (the figures of the full storm)
    with town.connect() as connection:
        assert connection.scalars(OVERLAPS).one() == 0
        assert connection.scalars(UNCLAIMED).one() == 0
        assert connection.scalars(DEADLOCKS).one() == 0
    assert set(looks.result()) <= {0}
    assert {status for status in tally.statuses if status not in {200, 201, 204, 409}} == set()
    assert tally.deeds.keys() >= DEEDS
    assert "/problems/slot-is-taken" in tally.problems
    assert not FULL or max(tally.waits_s) < LONGEST_WAIT_S
