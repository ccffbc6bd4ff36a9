"""Two cases turn out to be one household; or one report, another household."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from geo_service.cases.workflow.answering import told_in
from geo_service.cases.workflow.moving import enter, tell_all
from geo_service.cases.workflow.problems import CaseIsClosed, NotTheSameCentre, OnlyReport
from geo_service.cases.workflow.steps import drop_pending
from geo_service.confidential.keys import KeyRing
from geo_service.reports.models import CaseFile, Report, Stage
from geo_service.reports.workflow.noticing import tell_stage


def merge(
    session: Session, ring: KeyRing, case: CaseFile, other: CaseFile, *, at: datetime
) -> None:
    """Take the reports of another case into this one; the other is closed and says where they are.

    Its steps stay with it. Raises: NotTheSameCentre, CaseIsClosed.
    """
    if case.id == other.id or case.centre_id != other.centre_id:
        raise NotTheSameCentre
    if Stage.CLOSED in {case.stage, other.stage}:
        raise CaseIsClosed
    session.execute(
        update(Report)
        .where(Report.case_id == other.id)
        .values(case_id=case.id, version=Report.version + 1)
    )
    drop_pending(session, other, at=at)
    other.merged_into_id = case.id
    other.follow_up_on = None
    enter(session, ring, other, Stage.CLOSED, at=at)
    case.version += 1
    case.cell = case.cell or other.cell
    session.flush()
    tell_all(session, ring, case)


def part(session: Session, ring: KeyRing, case: CaseFile, report_id: UUID) -> None:
    """Let a report be no part of this case; it waits to be taken up again.

    Raises: NotToldHere, OnlyReport.
    """
    report = told_in(session, case, report_id)
    together = select(func.count()).select_from(Report).where(Report.case_id == case.id)
    if session.scalar(together) == 1:
        raise OnlyReport
    report.case_id = None
    report.closed_at = report.shred_on = report.warned_at = None
    report.version += 1
    case.version += 1
    session.flush()
    tell_stage(session, ring, report, Stage.NEW)
