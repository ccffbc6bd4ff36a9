"""A report is accepted at a border, and taken up by somebody."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.cases.workflow.ladder import FIRST_CALL_DAYS
from geo_service.cases.workflow.moving import tell_all
from geo_service.cases.workflow.offers import expect_unoffered
from geo_service.cases.workflow.problems import (
    AcceptFirst,
    AlreadyTakenUp,
    NoBorder,
    NotTheSameCentre,
)
from geo_service.cases.workflow.steps import plan
from geo_service.cases.workflow.working_days import working_day
from geo_service.clock import KOREA
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import seal_for
from geo_service.reports.files.codes import new_number
from geo_service.reports.models import CaseFile, Report, Routing, Rung, Stage
from geo_service.reports.workflow.noticing import tell_stage


def accept(
    session: Session, ring: KeyRing, report: Report, offices: Collection[UUID], *, at: datetime
) -> None:
    """Be the one of two centres at a border that answers, also when the other has just left it.

    Raises: NoBorder.
    """
    is_ours = report.centre_id in offices
    if report.second_centre_id is None and not (is_ours and _is_waiting(report)):
        raise NoBorder
    if report.second_centre_id is not None and not is_ours:
        ring.hand_over(report.id, report.second_centre_id)
        report.centre_id = report.second_centre_id
    report.routing, report.accepted_at, report.second_centre_id = Routing.SURE, at, None
    report.version += 1
    session.flush()


def leave(session: Session, ring: KeyRing, report: Report, offices: Collection[UUID]) -> None:
    """Leave it to the other one; from now on it is not seen any more. Raises: NoBorder.

    The second one leaves it where it is; when the first one leaves, its key goes to the second.
    """
    if report.second_centre_id is None:
        raise NoBorder
    report_id, second = report.id, report.second_centre_id
    session.execute(select(func.reports.step_back(report_id)))
    session.expunge(report)
    if second not in offices:
        ring.hand_over(report_id, second)


def take_up(
    session: Session, ring: KeyRing, report: Report, *, by_id: UUID, at: datetime
) -> CaseFile:
    """Open a case of one's own from a report, with the first call to be made.

    Raises: AlreadyTakenUp, AcceptFirst.
    """
    _expect_untaken(report)
    case = open_case(session, ring, report.centre_id, by_id=by_id, at=at)
    case.cell = report.cell
    report.case_id = case.id
    report.version += 1
    first = working_day(at.astimezone(KOREA).date(), FIRST_CALL_DAYS[report.urgency])
    plan(session, case, Rung.CALL, first, at=at)
    tell_all(session, ring, case)
    return case


def join(session: Session, ring: KeyRing, report: Report, case: CaseFile) -> None:
    """Add a report to a case about the same household.

    Raises: AlreadyTakenUp, AcceptFirst, NotTheSameCentre, HandoverIsWaiting.
    """
    _expect_untaken(report)
    if case.centre_id != report.centre_id or case.stage is Stage.CLOSED:
        raise NotTheSameCentre
    expect_unoffered(session, case)
    report.case_id = case.id
    report.version += 1
    case.version += 1
    case.cell = case.cell or report.cell
    session.flush()
    tell_stage(session, ring, report, case.stage)


def open_case(
    session: Session, ring: KeyRing, centre_id: UUID, *, by_id: UUID, at: datetime
) -> CaseFile:
    """A new case, in the hands of who opens it."""
    case = CaseFile(
        number=new_number(),
        centre_id=centre_id,
        stage=Stage.ASSIGNED,
        assigned_to=by_id,
        opened_at=at,
        stage_since=at,
    )
    seal_for(ring, centre_id, case.id)
    session.add(case)
    session.flush()
    return case


def _is_waiting(report: Report) -> bool:
    return report.case_id is None and report.accepted_at is None


def _expect_untaken(report: Report) -> None:
    if report.case_id is not None:
        raise AlreadyTakenUp
    if report.second_centre_id is not None:
        raise AcceptFirst
