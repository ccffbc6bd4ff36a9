"""What both sides say after a report."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import seal_of
from geo_service.db.session import expecting
from geo_service.errors import Conflict
from geo_service.reports.letters import word_came
from geo_service.reports.models import Message, Report, SaidBy
from geo_service.reports.workflow.noticing import tell_answer, tell_centres


class SayAgain(Conflict):
    """This is being kept just now. Please load the page again."""

    korean = "지금 담고 있어요. 화면을 다시 열어 주세요."


def say(  # noqa: PLR0913 (where, who, what, when)
    session: Session,
    ring: KeyRing,
    report: Report,
    said_by: SaidBy,
    words: str,
    *,
    at: datetime,
    message_id: UUID | None = None,
) -> Message:
    """Keep a message, and let the other side know that there is one.

    Said again under the same `message_id`, it was said once. Raises: Shredded, SayAgain.
    """
    if message_id and (known := session.get(Message, message_id)):
        return known
    sealed = seal_of(ring, report.id).close("text", words)
    message = Message(
        id=message_id or uuid4(),
        report_id=report.id,
        said_by=said_by,
        said_at=at,
        text_sealed=sealed,
    )
    with expecting(session, "message_pkey", SayAgain()):
        session.add(message)
        session.flush()
    if said_by is SaidBy.REPORTER:
        tell_centres(session, report, word_came)
    else:
        tell_answer(session, ring, report)
    return message
