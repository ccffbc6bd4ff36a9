"""A case that another centre should answer: it is theirs once they accept, and not before."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.cases.letters import handed_over
from geo_service.cases.queries.people import caseworkers_of, the_other_centre
from geo_service.cases.workflow.problems import (
    CaseIsClosed,
    HandoverIsWaiting,
    NobodyIsAsked,
    NoSuchCentre,
)
from geo_service.confidential.keys import KeyRing
from geo_service.db.session import expecting
from geo_service.mail import send
from geo_service.offices.models import Office
from geo_service.reports.models import CaseFile, Handover, Report, Routing, Stage


def offer(session: Session, case: CaseFile, to_id: UUID, *, by_id: UUID, at: datetime) -> Handover:
    """Ask another centre, of any district, to take a case; its caseworkers are told the number.

    Raises: NoSuchCentre, CaseIsClosed, HandoverIsWaiting.
    """
    if session.execute(the_other_centre(to_id, case.centre_id)).first() is None:
        raise NoSuchCentre("centre_id", NoSuchCentre.title())
    if case.stage is Stage.CLOSED:
        raise CaseIsClosed
    offered = Handover(
        case_id=case.id,
        from_centre_id=case.centre_id,
        to_centre_id=to_id,
        asked_by=by_id,
        asked_at=at,
    )
    with expecting(session, "handover_case_id_key", HandoverIsWaiting()):
        session.add(offered)
    case.version += 1
    sender = session.scalars(select(Office.name).where(Office.id == case.centre_id)).one()
    for person in session.execute(caseworkers_of([to_id])):
        send(session, person.email, handed_over(case.number, sender, person.tongue))
    return offered


def withdraw(session: Session, case: CaseFile, *, at: datetime) -> None:
    """Keep the case after all. Raises: NobodyIsAsked."""
    _answer(_waiting(session, case), accepted=False, at=at)
    case.version += 1


def take(
    session: Session, ring: KeyRing, case: CaseFile, offices: Collection[UUID], *, at: datetime
) -> None:
    """Accept a case, with all its reports; from now on the keys are ours. Raises: NobodyIsAsked."""
    offered = _waiting(session, case)
    if offered.to_centre_id not in offices:
        raise NobodyIsAsked
    reports = session.scalars(select(Report).where(Report.case_id == case.id)).all()
    for report in reports:
        report.centre_id, report.routing = offered.to_centre_id, Routing.HANDED
        report.accepted_at = at
        report.version += 1
    case.centre_id, case.assigned_to = offered.to_centre_id, None
    case.version += 1
    session.flush()
    _answer(offered, accepted=True, at=at)
    session.flush()
    for thing_id in (case.id, *(report.id for report in reports)):
        ring.hand_over(thing_id, offered.to_centre_id)


def give_back(session: Session, case: CaseFile, offices: Collection[UUID], *, at: datetime) -> None:
    """Say that it is not ours. Raises: NobodyIsAsked."""
    offered = _waiting(session, case)
    if offered.to_centre_id not in offices:
        raise NobodyIsAsked
    _answer(offered, accepted=False, at=at)


def _waiting(session: Session, case: CaseFile) -> Handover:
    waiting = select(Handover).where(Handover.case_id == case.id, Handover.answered_at.is_(None))
    offered = session.scalars(waiting).one_or_none()
    if offered is None:
        raise NobodyIsAsked
    return offered


def _answer(offered: Handover, *, accepted: bool, at: datetime) -> None:
    offered.answered_at, offered.accepted = at, accepted
