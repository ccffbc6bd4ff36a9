"""A case and its reports in plain words, for who has left a trace of looking."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.cases.queries.one import messages_of, offer_of, photos_of, reports_of, steps_of
from geo_service.cases.schemas.read import CaseRead, ReportRead, StepRead
from geo_service.cases.workflow.board import take_up_by
from geo_service.cases.workflow.stages import MOVES
from geo_service.confidential.sealing import Seal
from geo_service.offices.models import Office
from geo_service.reports.models import CaseFile, Report
from geo_service.reports.workflow.opening import opened, said_of

LookInto = Callable[[str, UUID, UUID], Seal]
"""Writes down that somebody is about to see a thing of a centre, then hands out its seal."""


def read_case(session: Session, look_into: LookInto, case: CaseFile) -> CaseRead:
    """Open a case; a look at it and at each of its reports is written down first."""
    seal = None if case.shredded_at else look_into("case", case.id, case.centre_id)
    reports = session.scalars(reports_of(case.id)).all()
    return CaseRead(
        id=case.id,
        number=case.number,
        centre_id=case.centre_id,
        centre=session.scalars(select(Office.name).where(Office.id == case.centre_id)).one(),
        stage=case.stage,
        who=session.scalar(select(Person.name).where(Person.id == case.assigned_to)),
        assigned_to=case.assigned_to,
        opened_at=case.opened_at,
        due_on=case.due_on,
        follow_up_on=case.follow_up_on,
        version=case.version,
        summary=_text(seal, "summary", case.summary_sealed),
        connected_to=_text(seal, "connected_to", case.connected_to_sealed),
        steps=[
            StepRead(
                step.id,
                step.rung,
                step.due_on,
                step.done_at,
                step.outcome,
                name,
                _text(seal, "words", step.words_sealed),
            )
            for step, name in session.execute(steps_of(case.id))
        ],
        reports=[read_report(session, look_into, report) for report in reports],
        offered_to=session.scalar(offer_of(case.id)),
        moves=MOVES[case.stage],
    )


def read_report(session: Session, look_into: LookInto, report: Report) -> ReportRead:
    """Open a report; the look at it is written down first."""
    seal = None if report.shredded_at else look_into("report", report.id, report.centre_id)
    messages = session.scalars(messages_of(report.id)).all() if seal else []
    return ReportRead(
        id=report.id,
        number=report.number,
        told_at=report.told_at,
        categories=report.categories,
        routing=report.routing,
        answer_by=report.answer_by,
        by_watcher=report.watcher,
        due_on=take_up_by(report.told_at, report.urgency),
        told=opened(seal, report) if seal else None,
        messages=[said_of(seal, message) for message in messages] if seal else [],
        photos=session.scalars(photos_of(report.id)).all(),
    )


def _text(seal: Seal | None, field: str, sealed: bytes | None) -> str:
    return (seal and seal.text(field, sealed)) or ""
