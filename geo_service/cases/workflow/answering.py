"""The centre writes to who told it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.cases.workflow.problems import NoAnswerWanted, NotToldHere
from geo_service.confidential.keys import KeyRing
from geo_service.reports.models import AnswerBy, CaseFile, Message, Report, SaidBy
from geo_service.reports.workflow.talking import say


def answer(  # noqa: PLR0913 (in which case, to whom, what)
    session: Session,
    ring: KeyRing,
    case: CaseFile,
    report_id: UUID,
    words: str,
    *,
    at: datetime,
    message_id: UUID | None = None,
) -> Message:
    """Answer one report of a case, under one `message_id` once.

    Raises: NotToldHere, NoAnswerWanted.
    """
    report = told_in(session, case, report_id)
    if report.answer_by is AnswerBy.NONE:
        raise NoAnswerWanted
    return say(session, ring, report, SaidBy.CENTRE, words, at=at, message_id=message_id)


def told_in(session: Session, case: CaseFile, report_id: UUID) -> Report:
    """A report of a case. Raises: NotToldHere."""
    found = select(Report).where(Report.id == report_id, Report.case_id == case.id)
    report = session.scalar(found)
    if report is None:
        raise NotToldHere
    return report
