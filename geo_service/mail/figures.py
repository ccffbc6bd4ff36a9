"""How many letters wait, for how long, and how many could not be delivered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geo_service.mail.models import Envelope

_FAILED = text("SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE status = 'failed'")

_TRY_AGAIN = text("""
    UPDATE procrastinate.procrastinate_jobs
    SET status = 'todo', attempts = 0, scheduled_at = NULL
    WHERE status = 'failed' AND CAST(args ->> 'letter' AS uuid) IN (SELECT id FROM envelope)
    RETURNING id
""")


@dataclass(frozen=True)
class Figures:
    """One look at the post."""

    waiting: int
    oldest_s: float
    """The age of the oldest."""
    undelivered: int
    """Refused, or given up; kept for a month, without a word of whom they were for."""


def figures(session: Session, at: datetime) -> Figures:
    """How the post stands at that moment."""
    counted = select(func.count(), func.min(Envelope.written_at))
    waiting, oldest_at = session.execute(counted).one()
    oldest_s = max(0.0, (at - oldest_at).total_seconds()) if oldest_at else 0.0
    return Figures(waiting, oldest_s, session.scalar(_FAILED) or 0)


def try_again(session: Session) -> int:
    """Carry what was given up anew, the mail server being mended; how many letters."""
    return len(session.scalars(_TRY_AGAIN).all())
