"""Hand a letter in, in the caller's own transaction."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.mail.letter import Letter
from geo_service.mail.models import Envelope

QUEUE = "mail"
"""Procrastinate's name for the jobs of this package."""

CARRY = "mail.carry"
"""Procrastinate's name for the job that carries one letter."""

_DEFER = text("""
    SELECT procrastinate.procrastinate_defer_jobs_v1(ARRAY[ROW(
        :queue, :task, 0, NULL, NULL, jsonb_build_object('letter', CAST(:letter AS text)), NULL
    )::procrastinate.procrastinate_job_to_defer_v1])
""")


def send(session: Session, to: str | None, letter: Letter) -> UUID | None:
    """Let it leave once this transaction has committed; who has no address gets none.

    The id of the letter, from which its Message-ID is made.
    """
    if not to:
        return None
    envelope = Envelope(
        address=to, subject=letter.subject, text=letter.text, tongue=str(letter.tongue)
    )
    session.add(envelope)
    session.execute(_DEFER, {"queue": QUEUE, "task": CARRY, "letter": str(envelope.id)})
    return envelope.id
