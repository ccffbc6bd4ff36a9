"""Two cases turn out to be one household; or one report, another household."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.cases.workflow.answering import told_in
from geo_service.cases.workflow.moving import enter
from geo_service.cases.workflow.offers import expect_unoffered
from geo_service.cases.workflow.problems import CaseIsClosed, NotTheSameCentre, OnlyReport
from geo_service.cases.workflow.steps import drop_pending
from geo_service.confidential.keys import KeyRing
from geo_service.reports.models import CaseFile, Report, Stage
from geo_service.reports.workflow.noticing import tell_stage


def merge(
    session: Session, ring: KeyRing, case: CaseFile, other: CaseFile, *, at: datetime
) -> None:
    """Take the reports of another case into this one; the other is closed and says where they are.

    Its steps stay with it; who told of it hears of a new stage, if it is one.

    Raises: NotTheSameCentre, CaseIsClosed, HandoverIsWaiting.
    """
    if case.id == other.id or case.centre_id != other.centre_id:
        raise NotTheSameCentre
    if Stage.CLOSED in {case.stage, other.stage}:
        raise CaseIsClosed
    expect_unoffered(session, case, other)
    was = other.stage
    moved = session.scalars(select(Report).where(Report.case_id == other.id)).all()
    for report in moved:
        report.case_id = case.id
        report.version += 1
    session.flush()
    drop_pending(session, other, at=at)
    other.merged_into_id = case.id
    other.follow_up_on = None
    enter(session, ring, other, Stage.CLOSED, at=at)
    case.version += 1
    case.cell = case.cell or other.cell
    session.flush()
    if was is not case.stage:
        for report in moved:
            tell_stage(session, ring, report, case.stage)


def part(session: Session, ring: KeyRing, case: CaseFile, report_id: UUID, *, at: datetime) -> None:
    """Let a report be no part of this case; from now on it waits to be taken up again.

    Raises: NotToldHere, OnlyReport.
    """
    report = told_in(session, case, report_id)
    together = select(func.count()).select_from(Report).where(Report.case_id == case.id)
    if session.scalar(together) == 1:
        raise OnlyReport
    report.case_id = None
    report.closed_at = report.shred_on = report.warned_at = None
    report.idle_told_at = at  # however old, it does not stand still yet
    report.version += 1
    case.version += 1
    session.flush()
    tell_stage(session, ring, report, Stage.NEW)
