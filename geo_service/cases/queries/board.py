"""What stands on the board of a centre: numbers, stages and days, and nothing that is sealed."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from geo_service.accounts.models import Person
from geo_service.cases.queries import Rows
from geo_service.offices.models import Office
from geo_service.reports.models import CaseFile, Handover, Report, Stage, Step

MOST = 200
"""Cards in one list; a centre with more has other troubles than a long page."""


def untaken(offices: Collection[UUID]) -> Rows:
    """The reports that nobody has taken up. Order: the most urgent first, then the oldest.

    Shape: rows of id, number, told_at, centre_id, second_centre_id, routing, categories, urgency.
    """
    return (
        select(
            Report.id,
            Report.number,
            Report.told_at,
            Report.centre_id,
            Report.second_centre_id,
            Report.routing,
            Report.categories,
            Report.urgency,
        )
        .where(
            or_(Report.centre_id.in_(offices), Report.second_centre_id.in_(offices)),
            Report.case_id.is_(None),
            Report.shredded_at.is_(None),
        )
        .order_by(Report.urgency != "today", Report.told_at, Report.id)
        .limit(MOST)
    )


def cases_in(offices: Collection[UUID], *, closed_after: datetime, ending_by: date) -> Rows:
    """The cases of these centres that are open, were closed after a moment, or end by a day.

    Shape: rows of id, number, centre_id, stage, assigned_to, opened_at, due_on, follow_up_on,
    version, shred_on, touched_at, who. Order: what is due first.
    """
    return (
        _cards()
        .where(
            CaseFile.centre_id.in_(offices),
            CaseFile.merged_into_id.is_(None),
            or_(
                CaseFile.stage != Stage.CLOSED,
                CaseFile.closed_at > closed_after,
                and_(CaseFile.shred_on <= ending_by, CaseFile.shredded_at.is_(None)),
            ),
        )
        .order_by(
            func.least(CaseFile.due_on, CaseFile.follow_up_on).nulls_last(),
            CaseFile.opened_at,
            CaseFile.id,
        )
        .limit(MOST * len(Stage))
    )


def offered_to(offices: Collection[UUID]) -> Rows:
    """The cases that other centres ask these to take, in the same shape."""
    return (
        _cards()
        .join(Handover, Handover.case_id == CaseFile.id)
        .where(Handover.to_centre_id.in_(offices), Handover.answered_at.is_(None))
        .order_by(Handover.asked_at, CaseFile.id)
        .limit(MOST)
    )


def _cards() -> Rows:
    return select(
        CaseFile.id,
        CaseFile.number,
        CaseFile.centre_id,
        CaseFile.stage,
        CaseFile.assigned_to,
        CaseFile.opened_at,
        CaseFile.due_on,
        CaseFile.follow_up_on,
        CaseFile.version,
        CaseFile.shred_on,
        CaseFile.touched_at,
        Person.name.label("who"),
    ).outerjoin(Person, Person.id == CaseFile.assigned_to)


def kinds_of(cases: Collection[UUID]) -> Rows:
    """What was told of each case. Shape: rows of case_id, categories, urgency, told_at."""
    return (
        select(Report.case_id, Report.categories, Report.urgency, Report.told_at)
        .where(Report.case_id.in_(cases))
        .order_by(Report.told_at, Report.id)
    )


def steps_due(cases: Collection[UUID]) -> Rows:
    """What is to be done next for each. Shape: rows of case_id, rung; the first due comes first."""
    return (
        select(Step.case_id, Step.rung)
        .where(Step.case_id.in_(cases), Step.done_at.is_(None))
        .order_by(Step.due_on, Step.id)
    )


def offered_of(cases: Collection[UUID]) -> Rows:
    """Which of these cases wait for another centre's answer. Shape: rows of case_id."""
    return select(Handover.case_id).where(
        Handover.case_id.in_(cases), Handover.answered_at.is_(None)
    )


def names_of_centres(offices: Collection[UUID]) -> Rows:
    """Shape: rows of id, name."""
    return select(Office.id, Office.name).where(Office.id.in_(offices))
