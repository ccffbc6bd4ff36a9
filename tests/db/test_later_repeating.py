"""Tasks that happen again and again, and what the queue says of itself."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.clock import now
from geo_service.db.session import Sessions
from geo_service.later import registry, repeating
from geo_service.later.figures import Figures, figures, put_aside, try_again
from geo_service.later.models import Task
from geo_service.later.registry import Payload
from geo_service.later.repeating import PREFIX, keep_repeating
from geo_service.later.running import PAUSES, run_due

MONDAY = datetime.fromisoformat("2030-03-04T09:00+09:00")
HOURLY = f"{PREFIX}tests.sweep"


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When a task of this test's own, to be done every hour, was done."""
    told: list[datetime] = []
    known: dict[str, registry.Known] = {}
    for module in ("registry", "running", "repeating"):
        monkeypatch.setattr(f"geo_service.later.{module}.KNOWN", known)

    @later.task("tests.sweep", every=timedelta(hours=1))
    def sweep(session: Session, _payload: Payload, at: datetime) -> None:
        session.execute(text("SELECT id FROM task"))
        told.append(at)

    @later.task("tests.fail")
    def fail(_session: Session, _payload: Payload, _at: datetime) -> None:
        raise LookupError

    return told


def test_however_many_workers_start_it_happens_once_an_hour(
    sessions: Sessions, swept: list[datetime]
) -> None:
    for minutes in range(0, 130, 10):
        keep_repeating(sessions)
        run_due(sessions, MONDAY + timedelta(minutes=minutes))
    assert swept == [MONDAY + timedelta(hours=hours) for hours in range(3)]


def test_after_a_long_pause_it_happens_once(sessions: Sessions, swept: list[datetime]) -> None:
    keep_repeating(sessions)
    for at in (MONDAY, MONDAY + timedelta(days=7)):
        run_due(sessions, at)
    assert swept == [MONDAY, MONDAY + timedelta(days=7)]


def test_what_repeats_is_never_put_aside_and_a_worker_that_starts_tries_it_at_once(
    sessions: Sessions, session: Session, swept: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_repeating(sessions)
    known = repeating.KNOWN
    with monkeypatch.context() as broken:
        broken.setitem(known, "tests.sweep", replace(known["tests.sweep"], effect=fails))
        at = MONDAY
        for pause in (*PAUSES, PAUSES[-1], PAUSES[-1]):
            run_due(sessions, at)
            at += pause
    (task,) = session.scalars(select(Task).where(Task.key == HOURLY))
    assert task.failures == len(PAUSES) + 2
    assert task.put_aside_at is None
    assert run_due(sessions, MONDAY) == 0
    keep_repeating(sessions)
    assert run_due(sessions, MONDAY) == 1
    assert swept == [MONDAY]


def fails(_session: Session, _payload: Payload, _at: datetime) -> None:
    raise LookupError


@pytest.mark.usefixtures("swept")
def test_the_queue_tells_how_much_waits_and_for_how_long(session: Session) -> None:
    at = now() + timedelta(seconds=30)
    assert figures(session, at) == Figures(waiting=0, late_s=0, put_aside=0)
    later.queue(session, "tests.sweep", due_at=at + timedelta(hours=1))
    assert figures(session, at) == Figures(waiting=1, late_s=0, put_aside=0)
    later.queue(session, "tests.sweep", due_at=at - timedelta(minutes=1))
    later.queue(session, "tests.sweep")
    found = figures(session, at)
    assert found.waiting == 3
    assert 20 < found.late_s < 60, "none is late from before it was queued"


@pytest.mark.usefixtures("swept")
def test_what_was_given_up_is_named_and_may_be_tried_again(
    session: Session, sessions: Sessions
) -> None:
    for _ in range(2):
        later.queue(session, "tests.fail")
    session.commit()
    for _ in range(len(PAUSES) + 1):
        session.execute(text("UPDATE task SET due_at = queued_at"))
        session.commit()
        run_due(sessions, MONDAY)
    assert session.execute(put_aside()).all() == [("tests.fail", "LookupError", 2)]
    assert figures(session, MONDAY).put_aside == 2
    assert try_again(session) == 2
    assert session.execute(put_aside()).all() == []
    session.commit()
    run_due(sessions, MONDAY)
    assert {task.failures for task in session.scalars(select(Task))} == {1}
