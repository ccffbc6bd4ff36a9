"""Workers and PostgreSQL are killed at random moments: nothing is missing, nothing is done twice.

TEST_KILLS=20 is the full figure: 1,000 tasks and as many letters, 20 workers and 5 servers killed.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.db import embedded, processes
from geo_service.db.embedded import Cluster
from geo_service.db.migrate import migrate
from geo_service.db.session import open_engine

KILLS = int(os.environ.get("TEST_KILLS", "4"))
"""How many workers are killed; of PostgreSQL a quarter as many."""

TASKS = 50 * KILLS
WORKERS = 2
PATIENCE_S = 120

ROOT = Path(__file__).parents[2]

WAITING = text("""
    SELECT (SELECT count(*) FROM task WHERE name = 'storm.count') + (SELECT count(*) FROM envelope)
         + (SELECT count(*) FROM procrastinate.procrastinate_jobs)
""")

HURRY = (
    text("UPDATE task SET due_at = queued_at WHERE failures > 0"),
    text("UPDATE procrastinate.procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"),
)
"""Pauses pass; they are tested elsewhere."""


class PostOffice:
    """Counts the letters that it took, by Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take it."""
        self.taken[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"


@dataclass
class Crew:
    """Workers, each in a process of its own."""

    command: tuple[str, ...]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @contextmanager
    def hired(self, number: int) -> Iterator[None]:
        """So many of them; in the end they leave in good order, or are killed."""
        for _ in range(number):
            self.hire()
        try:
            yield
            for process in self.processes:
                process.terminate()
            for process in self.processes:
                assert process.wait(PATIENCE_S) in (0, -signal.SIGTERM), "or it had not begun"
        finally:
            for process in self.processes:
                process.kill()
                process.wait()

    def hire(self) -> None:
        """One more."""
        self.processes.append(subprocess.Popen(self.command, cwd=ROOT))  # noqa: S603 (our own)

    def kill_one(self) -> None:
        """The one that works for longest; another takes its place."""
        killed = self.processes.pop(0)
        killed.kill()
        killed.wait()
        self.hire()


@pytest.fixture
def post() -> Iterator[tuple[PostOffice, str]]:
    """A mail server, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    office = PostOffice()
    server = Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    yield office, f"smtp+plain://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def cluster(old_home: Path) -> Iterator[Cluster]:
    """A PostgreSQL to be killed; whoever runs it starts it again."""
    with embedded.running(old_home, durable=False) as cluster:
        migrate(cluster.url("geo_owner"))
        owner = create_engine(cluster.url("geo_owner"))
        with owner.begin() as connection:
            connection.execute(text("CREATE TABLE counted (number int)"))
            connection.execute(text("GRANT SELECT, INSERT ON counted TO geo_app"))
        owner.dispose()
        yield cluster


def asked(engine: Engine, question: Callable[[Session], Any]) -> Any:
    """The answer, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with suppress(DBAPIError), Session(engine) as session, session.begin():
            return question(session)
        time.sleep(0.1)
    pytest.fail("The database does not come back.")


def begin(session: Session) -> None:
    """Everything that the workers will have to do."""
    for number in range(TASKS):
        later.queue(session, "storm.count", {"number": number}, key=f"storm.count:{number}")


def done(session: Session) -> list[int]:
    """What took effect."""
    return list(session.scalars(text("SELECT number FROM counted ORDER BY number")))


def left(session: Session) -> int:
    """What is still to do."""
    for hurry in HURRY:
        session.execute(hurry)
    return int(session.scalar(WAITING) or 0)


def wait_until(
    engine: Engine, question: Callable[[Session], Any], enough: Callable[[Any], bool]
) -> None:
    """Ask again and again."""
    deadline = time.monotonic() + PATIENCE_S
    while not enough(answer := asked(engine, question)):
        assert time.monotonic() < deadline, f"the workers have stopped working: {answer}"
        time.sleep(0.02)


def storm(engine: Engine, cluster: Cluster, crew: Crew) -> None:
    """Kill workers, and now and then PostgreSQL, while they work."""
    for kill in range(KILLS):
        wanted = TASKS * (kill + 0.5) / KILLS
        wait_until(engine, done, lambda numbers, wanted=wanted: len(numbers) >= wanted)
        time.sleep(random.uniform(0, 0.05))
        crew.kill_one()
        if kill % 4 == 3:
            processes.tell([pid for pid in [cluster.server] if pid], signal.SIGKILL)


def test_a_storm_of_kills_loses_nothing_and_repeats_nothing(
    cluster: Cluster, post: tuple[PostOffice, str]
) -> None:
    office, smtp = post
    engine = open_engine(cluster.url())
    crew = Crew((sys.executable, "-m", "tests.db.storming", cluster.url(), smtp))
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        stack.enter_context(crew.hired(WORKERS))
        asked(engine, begin)
        storm(engine, cluster, crew)
        wait_until(engine, left, lambda number: number == 0)
        assert asked(engine, done) == list(range(TASKS)), "each once"
    assert len(office.taken) == TASKS, "each letter has its Message-ID"
    again = sum(office.taken.values()) - TASKS
    assert again <= 4 * (KILLS + KILLS // 4), "only what a killed worker had in hand leaves twice"
