"""How much waits, for how long, and what was given up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from geo_service.later.models import Task
from geo_service.later.queueing import AT_ONCE


@dataclass(frozen=True)
class Figures:
    """One look at the queue."""

    waiting: int
    """Due or not."""
    late_s: float
    """For how long the oldest is due."""
    put_aside: int


def figures(session: Session, at: datetime) -> Figures:
    """How the queue stands at that moment."""
    is_waiting = Task.put_aside_at.is_(None)
    since = func.min(func.greatest(Task.due_at, Task.queued_at)).filter(
        is_waiting, Task.due_at <= at
    )
    counted = select(func.count().filter(is_waiting), since, func.count(Task.put_aside_at))
    waiting, oldest_at, put_aside = session.execute(counted).one()
    late_s = max(0.0, (at - oldest_at).total_seconds()) if oldest_at else 0.0
    return Figures(waiting, late_s, put_aside)


def put_aside() -> Select[str, str | None, int]:
    """What failed too often. Shape: name, class of the last error, how many. Order: by name."""
    return (
        select(Task.name, Task.error, func.count())
        .where(Task.put_aside_at.is_not(None))
        .group_by(Task.name, Task.error)
        .order_by(Task.name, Task.error)
    )


def try_again(session: Session) -> int:
    """Queue all that was put aside anew, its cause being mended; how many tasks."""
    fresh = {"due_at": AT_ONCE, "failures": 0, "error": None, "put_aside_at": None}
    again = update(Task).where(Task.put_aside_at.is_not(None)).values(fresh).returning(Task.id)
    return len(session.scalars(again).all())
