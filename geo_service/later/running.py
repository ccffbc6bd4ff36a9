"""Let what is due take effect, one task and one transaction after another."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Select, delete, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from geo_service.db.session import Sessions
from geo_service.later.models import Task
from geo_service.later.queueing import queue
from geo_service.later.registry import KNOWN

PAUSES = tuple(timedelta(seconds=5) * 4**n for n in range(8))
"""After each failure, before the next try: 5 s, 20 s, … 23 h. After the last, it is put aside."""

PATIENCE = text("SET LOCAL lock_timeout = '500ms'")
"""A task gives way to people. Who holds a job may want to queue or drop the very task that waits
for that job; PostgreSQL would see the deadlock after a second, and might refuse the person."""

_log = structlog.get_logger()


class TaskIsUnknown(Exception):
    """Queued by another version of this service, which may be installed in a moment."""


def run_due(sessions: Sessions, at: datetime) -> int:
    """Run everything due at that moment, and what it queues for that moment; how many took effect.

    Of a task that fails nothing remains but the count of its failures.
    """
    return sum(run_each(sessions, lambda: at))


def run_each(sessions: Sessions, clock: Callable[[], datetime]) -> Iterator[bool]:
    """The same by a clock that goes on, one at a time: whether each took effect."""
    while True:
        at = clock()
        with sessions.begin() as session:
            if (claimed := session.scalar(next_due(at))) is None:
                return
            took_effect = _try(session, claimed, at)
        yield took_effect


def next_due(at: datetime) -> Select[Task]:
    """The task that is due for longest, unless another worker has it in hand."""
    return (
        select(Task)
        .where(Task.put_aside_at.is_(None), Task.due_at <= at)
        .order_by(Task.due_at, Task.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def run(session: Session, task: Task, at: datetime) -> None:
    """Let a claimed task take effect.

    It is gone before its effect begins, so that the effect may queue its own key again. What the
    constraints check only at the commit is checked here, while a failure can still be counted.
    """
    session.expunge(task)
    session.execute(PATIENCE)
    session.execute(delete(Task).where(Task.id == task.id))
    if (known := KNOWN.get(task.name)) is None:
        raise TaskIsUnknown(task.name)
    known.effect(session, task.payload, at)
    if known.every:
        queue(session, task.name, task.payload, due_at=at + known.every, key=task.key)
    session.flush()
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def _try(session: Session, task: Task, at: datetime) -> bool:
    try:
        with session.begin_nested():
            run(session, task, at)
    except Exception as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        _count_failure(session, task, at, error)
        return False
    return True


def _count_failure(session: Session, task: Task, at: datetime, error: Exception) -> None:
    """Keep the class of the error only: its words may quote a person."""
    kept = session.get_one(Task, task.id)
    kept.error = type(error).__name__[:80]
    known = KNOWN.get(task.name)
    if kept.failures < len(PAUSES):
        kept.due_at = at + PAUSES[kept.failures]
    elif known is not None and known.every:
        kept.due_at = at + PAUSES[-1]  # what repeats is tried for ever: nobody queues it again
    else:
        kept.put_aside_at = at
    kept.failures += 1
    _log.warning(
        "task failed",
        task=task.name,
        error=kept.error,
        failures=kept.failures,
        exc_info=error,
    )
