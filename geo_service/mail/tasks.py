"""Forget what could not be delivered."""

from datetime import datetime, timedelta

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from geo_service.later import Payload, task
from geo_service.mail.models import Envelope

KEPT_UNSENT = timedelta(days=14)
"""Four days are tried; the rest is time to mend a mail server."""

KEPT_UNDELIVERED = timedelta(days=30)

_FORGET = text("""
    DELETE FROM procrastinate.procrastinate_jobs AS job
    WHERE status IN ('failed', 'succeeded', 'cancelled', 'aborted') AND NOT EXISTS (
        SELECT FROM procrastinate.procrastinate_events WHERE job_id = job.id AND at > :before)
""")


@task("mail.forget_old_letters", every=timedelta(days=1))
def forget_old_letters(session: Session, _payload: Payload, at: datetime) -> None:
    """Nobody reads a letter of two weeks ago as news."""
    session.execute(delete(Envelope).where(Envelope.written_at < at - KEPT_UNSENT))
    session.execute(_FORGET, {"before": at - KEPT_UNDELIVERED})
