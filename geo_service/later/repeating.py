"""Tasks that happen again and again: each waits once, under its own key, however many workers."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from geo_service.db.session import Sessions
from geo_service.later.models import Task
from geo_service.later.queueing import AT_ONCE
from geo_service.later.registry import KNOWN

PREFIX = "every:"
"""Before the name of a task, this is the key of its next time."""


def keep_repeating(sessions: Sessions) -> None:
    """Queue what was never queued, and try at once what failed; the rest queues itself."""
    rows = [
        {"name": name, "payload": {}, "key": PREFIX + name, "due_at": AT_ONCE}
        for name, known in KNOWN.items()
        if known.every
    ]
    if not rows:
        return
    fresh = {"queued_at": func.now(), "failures": 0, "error": None, "put_aside_at": None}
    adding = insert(Task).values(rows)
    with sessions.begin() as session:
        session.execute(
            adding.on_conflict_do_update(
                index_elements=[Task.key],
                set_={"due_at": AT_ONCE} | fresh,
                where=Task.failures > 0,
            )
        )
