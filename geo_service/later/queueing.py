"""Put a task into the queue, or take it out again, in the caller's own transaction."""

from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.later.models import Task
from geo_service.later.registry import Payload

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""Due whatever the clock says, a simulated one included."""

CHANNEL = "later"
"""PostgreSQL tells its listeners at the commit that something was queued."""


def queue(
    session: Session,
    name: str,
    payload: Payload | None = None,
    *,
    due_at: datetime | None = None,
    key: str | None = None,
) -> None:
    """Let it happen once this transaction has committed, and not before `due_at`.

    The same `key` again is the same task: the later call's payload and due time count. While that
    task is taking effect, the call waits until it has.
    """
    row = {"name": name, "payload": dict(payload or {}), "due_at": due_at or AT_ONCE}
    adding = insert(Task).values(**row, key=key)
    if key is not None:
        fresh = {"queued_at": func.now(), "failures": 0, "error": None, "put_aside_at": None}
        adding = adding.on_conflict_do_update(index_elements=[Task.key], set_=row | fresh)
    session.execute(adding)
    session.execute(select(func.pg_notify(CHANNEL, "")))


def drop(session: Session, key: str) -> bool:
    """Let it not happen; whether it was still waiting."""
    gone = session.scalar(delete(Task).where(Task.key == key).returning(Task.id))
    return gone is not None
