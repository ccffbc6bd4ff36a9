"""How much waits for caseworkers and leads: numbers and days, and nothing that is sealed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from geo_service.reports.models import CaseFile, Handover, Report, Stage


def numbers_of_cases(offices: Collection[UUID], person_id: UUID, *, today: date) -> Select[Any]:
    """How many of each wait in these centres: one row, whose columns name them.

    `due` and `overdue` are of cases in this person's hands, and of those in nobody's.
    """
    mine = or_(CaseFile.assigned_to == person_id, CaseFile.assigned_to.is_(None))
    first = func.least(CaseFile.due_on, CaseFile.follow_up_on)
    counted = {
        "untaken": select(func.count()).where(
            or_(Report.centre_id.in_(offices), Report.second_centre_id.in_(offices)),
            Report.case_id.is_(None),
            Report.shredded_at.is_(None),
        ),
        "offered": select(func.count()).where(
            Handover.to_centre_id.in_(offices), Handover.answered_at.is_(None)
        ),
        "due": _cases(offices, mine, first == today),
        "overdue": _cases(offices, mine, first < today),
    }
    return select(*(each.scalar_subquery().label(name) for name, each in counted.items()))


def _cases(offices: Collection[UUID], *which: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).where(
        CaseFile.centre_id.in_(offices),
        or_(CaseFile.stage != Stage.CLOSED, CaseFile.follow_up_on.is_not(None)),
        *which,
    )


def numbers_for_leads(today: date, untouched: datetime) -> Select[Any]:
    """How many things are late, stand still or end soon in the centres of a lead: one row."""
    told = {
        "late": func.reports.late(today),
        "idle": func.reports.idle(today, untouched),
        "ending": func.reports.ending(today),
    }
    counted = {
        name: select(func.count()).select_from(rows.table_valued("number", "centre_id", "day"))
        for name, rows in told.items()
    }
    return select(*(each.scalar_subquery().label(name) for name, each in counted.items()))
