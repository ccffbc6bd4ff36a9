"""A worker wakes when something is queued, ends in good order, and lives beside the service."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from geo_service import doctor, later
from geo_service.accounts.workflow.secret import Secret
from geo_service.clock import now
from geo_service.confidential.session import teach
from geo_service.db.embedded import Cluster
from geo_service.db.opening import Whereabouts
from geo_service.db.processes import until
from geo_service.db.session import Sessions, open_engine
from geo_service.later import registry, watching
from geo_service.later.registry import Payload
from geo_service.mail import Letter, send
from geo_service.mail.carrying import carrier
from geo_service.mail.ways import Folder
from geo_service.settings import Settings
from geo_service.worker.working import work
from tests.api.test_serving import serving
from tests.conftest import SECRET
from tests.databases import a_database

NAME = "workshop"
PATIENCE_S = 60


@pytest.fixture(scope="module")
def url(cluster: Cluster) -> Iterator[str]:
    """A database of its own, whose commits workers see."""
    with a_database(cluster, NAME) as url:
        teach(cluster.url("geo_owner", NAME), Secret(SECRET))
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM task"))
        connection.execute(text("DELETE FROM envelope"))
        connection.execute(text("DELETE FROM procrastinate.procrastinate_jobs"))
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    return sessionmaker(engine, expire_on_commit=False)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, datetime]]:
    """What took effect, and when."""
    told: list[tuple[object, datetime]] = []
    known = dict(registry.KNOWN)
    for module in ("registry", "running", "repeating"):
        monkeypatch.setattr(f"geo_service.later.{module}.KNOWN", known)
    monkeypatch.setattr(watching, "LONGEST_SLEEP_S", 600.0)  # it is woken, it does not look

    @later.task("tests.tell")
    def tell(_session: Session, payload: Payload, at: datetime) -> None:
        told.append((payload["word"], at))

    return told


@contextmanager
def working(url: str, sessions: Sessions, folder: Path) -> Iterator[None]:
    """A worker in a thread."""
    over = Event()

    def make_carrier():  # type: ignore[no-untyped-def]
        return carrier(url, sessions, Folder(folder), "hello@example.org")

    worker = Thread(
        target=work, args=(url, sessions, make_carrier), kwargs={"is_over": over.is_set}
    )
    worker.start()
    try:
        yield
    finally:
        over.set()
        worker.join(PATIENCE_S)
        assert not worker.is_alive()


def test_it_wakes_at_the_commit_and_when_something_is_due(
    url: str, sessions: Sessions, done: list[tuple[object, datetime]], tmp_path: Path
) -> None:
    def has(*words: str) -> Callable[[], bool]:
        return lambda: sorted(str(word) for word, _ in done) == sorted(words)

    with working(url, sessions, tmp_path):
        with sessions.begin() as session:
            later.queue(session, "tests.tell", {"word": "first"})
        assert until(has("first"), PATIENCE_S)
        due_at = now() + timedelta(seconds=1)
        with sessions.begin() as session:
            later.queue(session, "tests.tell", {"word": "in a second"}, due_at=due_at)
            later.queue(session, "tests.tell", {"word": "at once"})
            send(session, "neighbour@example.org", Letter("제목", "내용"))
        assert until(has("first", "at once", "in a second"), PATIENCE_S)
        assert dict(done)["in a second"] >= due_at
        assert until(lambda: list(tmp_path.glob("*.eml")), PATIENCE_S)


def test_a_call_with_the_key_of_what_takes_effect_waits_and_is_a_new_task(
    sessions: Sessions, done: list[tuple[object, datetime]]
) -> None:
    with sessions.begin() as session:
        later.queue(session, "tests.tell", {"word": 1}, key="one")
    with sessions() as effect:
        claimed = effect.scalars(text("SELECT id FROM task FOR UPDATE")).one()
        effect.execute(text("DELETE FROM task WHERE id = :id"), {"id": claimed})

        def again() -> None:
            with sessions.begin() as session:
                later.queue(session, "tests.tell", {"word": 2}, key="one")

        caller = Thread(target=again)
        caller.start()
        caller.join(0.3)
        assert caller.is_alive()
        effect.commit()
        caller.join(PATIENCE_S)
    with sessions() as session:
        assert session.scalars(text("SELECT payload ->> 'word' FROM task")).all() == ["2"]
    assert done == []


def named(cluster: Cluster) -> dict[str, str]:
    """The database as operators name it."""
    return {
        "GEO_DATABASE_URL": cluster.url(database=NAME),
        "GEO_REPORTS_DATABASE_URL": cluster.url("geo_reports", NAME),
        "GEO_SECRET_KEY": SECRET.decode(),
    }


@pytest.mark.usefixtures("url")
def test_it_ends_in_good_order(cluster: Cluster, tmp_path: Path) -> None:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("GEO_")}
    with subprocess.Popen(
        (sys.executable, "-m", "geo_service", "worker", "--retry"),
        env=mine | named(cluster) | {"GEO_DATA_DIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stderr
        assert worker.stderr.readline() == "· Queued again: 0 tasks, 0 letters\n"
        assert worker.stderr.readline() == "· Working until Ctrl-C\n"
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_S) == 0
        assert "Traceback" not in worker.stderr.read()


def told_of(pid: int, what: str) -> str:
    """What the kernel tells of a process; nothing once it is gone. Not every machine has `ps`."""
    try:
        return Path(f"/proc/{pid}/{what}").read_text()
    except OSError:
        return ""


def workers_of(parent: int) -> list[int]:
    """The processes that work for this one."""
    threads = (task.name for task in Path(f"/proc/{parent}/task").glob("*"))
    forked = (told_of(parent, f"task/{thread}/children").split() for thread in threads)
    pids = [int(pid) for some in forked for pid in some]
    return [pid for pid in pids if "geo_service\0worker\0--beside" in told_of(pid, "cmdline")]


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.usefixtures("url")
def test_beside_a_service_there_is_always_one_and_never_without_it(
    cluster: Cluster, tmp_path: Path
) -> None:
    with serving(tmp_path, **named(cluster), GEO_WORKER="true") as (service, _):
        assert service.stdout
        assert service.stdout.readline()
        assert until(lambda: workers_of(service.pid), PATIENCE_S)
        (first,) = workers_of(service.pid)
        assert os.getpgid(first) == service.pid
        os.kill(first, signal.SIGKILL)
        assert until(lambda: set(workers_of(service.pid)) - {first}, PATIENCE_S)
        (second,) = set(workers_of(service.pid)) - {first}
        service.kill()  # without a chance to tell anybody
        service.wait()
        assert until(lambda: not lives(second), PATIENCE_S)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, True),
        ({"worker": ""}, True),
        ({"worker": "false"}, False),
        ({"database_url": "postgresql:///geo"}, False),
        ({"database_url": "postgresql:///geo", "worker": "true"}, True),
    ],
)
def test_who_names_a_database_runs_the_worker_elsewhere(
    said: dict[str, str], *, expected: bool
) -> None:
    assert Settings.model_validate(said).has_worker_beside is expected


def test_the_embedded_database_comes_with_one_that_ctrl_c_stops_too(old_home: Path) -> None:
    with serving(old_home) as (service, _):
        assert service.stdout
        assert service.stdout.readline()
        assert until(lambda: workers_of(service.pid), PATIENCE_S)
        (worker,) = workers_of(service.pid)
        os.killpg(service.pid, signal.SIGINT)
        _, complained = service.communicate(timeout=PATIENCE_S)
        assert not lives(worker)
    assert service.returncode == 0, complained
    assert "Traceback" not in complained


def test_the_doctor_names_what_was_given_up(url: str, sessions: Sessions) -> None:
    def looks() -> dict[str, doctor.Finding]:
        named = doctor.findings(Settings(database_url=url), Whereabouts(Path(), url=url))
        return {finding.name: finding for finding in named}

    with sessions.begin() as session:
        later.queue(session, "tests.tell", due_at=now() + timedelta(days=1))
    assert looks()["tasks"].found == "1 waiting"
    assert looks()["tasks"].well
    assert looks()["letters"].found == "0 waiting, 0 undelivered"
    with sessions.begin() as session:
        session.execute(text("UPDATE task SET due_at = now() - interval '1 h', queued_at = due_at"))
        session.execute(text("UPDATE task SET queued_at = now() - interval '1 h'"))
        send(session, "neighbour@example.org", Letter("제목", "내용"))
        session.execute(text("UPDATE envelope SET written_at = now() - interval '1 h'"))
    assert "geo-service worker" in (looks()["tasks"].remedy or "")
    assert "GEO_SMTP_URL" in (looks()["letters"].remedy or "")
    with sessions.begin() as session:
        session.execute(text("UPDATE task SET put_aside_at = now(), failures = 9, error = 'Oops'"))
    assert looks()["tasks"].found == "0 waiting; given up: 1 × tests.tell (Oops)"
    assert "--retry" in (looks()["tasks"].remedy or "")
