"""What is queued happens later: once, in order, and only if its deed was done."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from procrastinate.schema import SchemaManager
from sqlalchemy import NullPool, create_engine, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.clock import now
from geo_service.db.embedded import Cluster
from geo_service.db.session import Sessions
from geo_service.later import registry
from geo_service.later.models import Task
from geo_service.later.registry import Payload
from geo_service.later.running import PAUSES, next_due, run_due
from geo_service.mail import Letter, send
from tests.plans import plan_of

MONDAY = datetime.fromisoformat("2030-03-04T09:00+09:00")
Runs = Callable[[datetime], int]
Seen = list[tuple[object, datetime]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    """What took effect, as two tasks of this test's own tell it."""
    told: Seen = []
    monkeypatch.setattr(registry, "KNOWN", dict(registry.KNOWN))
    monkeypatch.setattr("geo_service.later.running.KNOWN", registry.KNOWN)

    @later.task("tests.tell")
    def tell(_session: Session, payload: Payload, at: datetime) -> None:
        told.append((payload.get("word"), at))

    @later.task("tests.break_off")
    def break_off(session: Session, _payload: Payload, _at: datetime) -> None:
        later.queue(session, "tests.tell", {"word": "half done"})
        raise RuntimeError("고객 김말자")

    @later.task("tests.ring")
    def ring(session: Session, payload: Payload, at: datetime) -> None:
        told.append((payload["ring"], at))
        if payload["ring"] < 3:
            again = {"ring": payload["ring"] + 1}
            soon = at + timedelta(minutes=10)
            later.queue(session, "tests.ring", again, due_at=soon, key="ring")

    return told


def words(seen: Seen) -> list[object]:
    return [word for word, _ in seen]


def waiting(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Task)) or 0


def test_it_happens_once_and_learns_the_moment(
    session: Session, seen: Seen, later_runs: Runs
) -> None:
    later.queue(session, "tests.tell", {"word": "hello"})
    assert later_runs(MONDAY) == 1
    assert later_runs(MONDAY) == 0
    assert seen == [("hello", MONDAY)]


def test_a_deed_that_is_undone_has_no_consequences(
    session: Session, seen: Seen, later_runs: Runs
) -> None:
    later.queue(session, "tests.tell")
    session.rollback()
    assert later_runs(MONDAY) == 0
    assert seen == []


def test_nothing_happens_before_it_is_due_and_the_oldest_happens_first(
    session: Session, seen: Seen, later_runs: Runs
) -> None:
    for minutes in (20, 10, 40):
        due_at = MONDAY + timedelta(minutes=minutes)
        later.queue(session, "tests.tell", {"word": minutes}, due_at=due_at)
    assert later_runs(MONDAY) == 0
    assert later_runs(MONDAY + timedelta(minutes=20)) == 2
    assert words(seen) == [10, 20]


def test_the_same_key_is_one_task_and_the_later_call_counts(
    session: Session, seen: Seen, later_runs: Runs
) -> None:
    for hours in (1, 3):
        due_at = MONDAY + timedelta(hours=hours)
        later.queue(session, "tests.tell", {"word": hours}, due_at=due_at, key="one")
    later.queue(session, "tests.tell", {"word": "other"}, key="two")
    assert later_runs(MONDAY + timedelta(hours=1)) == 1
    assert later_runs(MONDAY + timedelta(hours=3)) == 1
    assert words(seen) == ["other", 3]


def test_a_task_can_be_dropped_by_its_key(session: Session, seen: Seen, later_runs: Runs) -> None:
    later.queue(session, "tests.tell", key="one")
    assert later.drop(session, "one")
    assert not later.drop(session, "one")
    assert later_runs(MONDAY) == 0
    assert seen == []


def test_an_effect_may_queue_its_own_key_again(
    session: Session, seen: Seen, later_runs: Runs
) -> None:
    later.queue(session, "tests.ring", {"ring": 1}, key="ring")
    assert [later_runs(MONDAY + timedelta(minutes=m)) for m in (0, 5, 10, 30, 60)] == [
        *(1, 0, 1, 1, 0)
    ]
    assert words(seen) == [1, 2, 3]


def test_of_a_failed_effect_nothing_remains_but_the_class_of_its_error(
    session: Session, sessions: Sessions, seen: Seen
) -> None:
    later.queue(session, "tests.break_off")
    session.commit()
    assert run_due(sessions, MONDAY) == 0
    (task,) = session.scalars(select(Task))
    assert (task.failures, task.error) == (1, "RuntimeError")
    assert task.due_at == MONDAY + PAUSES[0]
    assert seen == []


def test_pauses_grow_until_it_is_put_aside(
    session: Session, sessions: Sessions, seen: Seen
) -> None:
    later.queue(session, "tests.break_off", key="hopeless")
    later.queue(session, "tests.tell", {"word": "others go on"})
    session.commit()
    at = MONDAY
    for pause in (*PAUSES, timedelta(days=365)):
        run_due(sessions, at)
        at += pause
    run_due(sessions, at)
    (task,) = session.scalars(select(Task))
    assert task.failures == len(PAUSES) + 1
    assert task.put_aside_at == MONDAY + sum(PAUSES, timedelta())
    assert list(PAUSES) == sorted(PAUSES)
    assert words(seen) == ["others go on"]
    later.queue(session, "tests.tell", {"word": "mended"}, key="hopeless")
    session.commit()
    assert run_due(sessions, at) == 1


def test_a_task_of_another_version_waits_for_that_version(
    session: Session, sessions: Sessions
) -> None:
    later.queue(session, "tests.from_the_future")
    session.commit()
    assert run_due(sessions, MONDAY) == 0
    assert session.scalars(select(Task)).one().error == "TaskIsUnknown"


def test_two_tasks_cannot_have_one_name(seen: Seen) -> None:
    assert seen == []
    with pytest.raises(registry.NameIsTaken):
        later.task("tests.tell")(lambda _session, _payload, _at: None)


def test_an_index_finds_what_is_due(session: Session) -> None:
    plan = plan_of(session, next_due(now()))
    assert "task_due_at_id_idx" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("task_named_check", "name = 'Close the job'"),
        ("task_loaded_check", "payload = '[1]'"),
        ("task_counted_check", "failures = -1, error = 'X'"),
        ("task_explained_check", "failures = 1"),
    ],
)
def test_no_task_is_malformed(session: Session, constraint: str, change: str) -> None:
    later.queue(session, "tests.tell")
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE task SET {change}"))  # noqa: S608 (our own words)


def test_its_tables_go_and_come_again_with_rows_in_them(cluster: Cluster) -> None:
    cluster.create_database("goes")
    owner = cluster.url("geo_owner", "goes")
    steps = Config(toml_file="pyproject.toml", attributes={"url": owner})
    engine = create_engine(owner, poolclass=NullPool)
    try:
        command.upgrade(steps, "later")
        with Session(engine) as session, session.begin():
            later.queue(session, "tests.tell")
            send(session, "neighbour@example.org", Letter("제목", "내용"))
        command.downgrade(steps, "invitations")
        command.upgrade(steps, "later")
        with Session(engine) as session:
            assert waiting(session) == 0
    finally:
        cluster.drop_database("goes")


def test_the_migration_makes_the_tables_of_the_procrastinate_that_is_installed() -> None:
    """Should this fail after an upgrade: run its new steps in a migration, in its schema."""
    steps = sorted(path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    assert steps[-1] == "03.04.00_50_post_add_retry_failed_job_procedure.sql"
