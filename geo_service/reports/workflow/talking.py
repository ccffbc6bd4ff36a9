"""What both sides say after a report."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import seal_of
from geo_service.reports.letters import word_came
from geo_service.reports.models import Message, Report, SaidBy
from geo_service.reports.workflow.noticing import tell_answer, tell_centres


def say(  # noqa: PLR0913 (where, who, what, when)
    session: Session, ring: KeyRing, report: Report, said_by: SaidBy, words: str, *, at: datetime
) -> Message:
    """Keep a message, and let the other side know that there is one. Raises: Shredded."""
    sealed = seal_of(ring, report.id).close("text", words)
    message = Message(report_id=report.id, said_by=said_by, said_at=at, text_sealed=sealed)
    session.add(message)
    session.flush()
    if said_by is SaidBy.REPORTER:
        tell_centres(session, report, word_came)
    else:
        tell_answer(session, ring, report)
    return message
