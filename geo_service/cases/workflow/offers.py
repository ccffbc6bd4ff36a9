"""Whether a case waits for another centre's answer, and an end to that."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from geo_service.cases.workflow.problems import HandoverIsWaiting
from geo_service.reports.models import CaseFile, Handover


def expect_unoffered(session: Session, *cases: CaseFile) -> None:
    """Nothing is added to what another centre is reading. Raises: HandoverIsWaiting."""
    waiting = select(Handover.id).where(
        Handover.case_id.in_([case.id for case in cases]), Handover.answered_at.is_(None)
    )
    if session.scalar(waiting.limit(1)) is not None:
        raise HandoverIsWaiting


def end_offers(session: Session, case: CaseFile, *, at: datetime) -> None:
    """Nobody is asked any more."""
    session.execute(
        update(Handover)
        .where(Handover.case_id == case.id, Handover.answered_at.is_(None))
        .values(answered_at=at, accepted=False)
    )
