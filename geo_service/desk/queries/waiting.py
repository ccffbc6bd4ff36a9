"""How much waits for officers, in one statement."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from geo_service.clock import KOREA
from geo_service.hiring.models import Application, ApplicationState
from geo_service.jobs.models import Job, JobState
from geo_service.meetings.queries.meetings import waiting_for_help
from geo_service.offices.models import Invitation
from geo_service.programmes.models import Programme
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.queries import OPEN
from geo_service.spaces.models import Booking, Space, State
from geo_service.spaces.queries.opening import midnight
from geo_service.trust.queries import rounds_waiting_at
from geo_service.urgent.models import Call, CallState
from geo_service.watchers.models import Watcher, WatcherState

DAY = timedelta(days=1)
NEARLY = 9, 10
"""A budget of which nine tenths are taken is nearly used."""


def numbers(offices: Collection[UUID], *, at: datetime) -> Select[Any]:
    """How many of each wait in these offices: one row, whose columns name them.

    `unconfirmed_since` is the first day on which somebody worked and nobody has confirmed it.
    """
    today = at.astimezone(KOREA).date()
    late = _shifts(offices, Shift.work_on < today, Shift.state.in_(OPEN))
    counted = {
        "applications": _applications(offices, ApplicationState.SENT),
        "offers": _applications(offices, ApplicationState.OFFERED),
        "shifts": _shifts(offices, Shift.work_on == today, Shift.state == ShiftState.PLANNED),
        "unconfirmed": late,
        "unconfirmed_since": late.with_only_columns(func.min(Shift.work_on)),
        "requests": _bookings(offices, Booking.state == State.ASKED),
        "bookings": _bookings(offices, *_of_today(today)),
        "reviews": _reviews(offices, at),
        "meetings": waiting_for_help(offices),
        "drafts": _drafts(offices),
        "budgets": _budgets(offices, today),
        "watchers": _watchers(offices),
    }
    return select(*(each.scalar_subquery().label(name) for name, each in counted.items()))


def _applications(offices: Collection[UUID], state: ApplicationState) -> Select[Any]:
    return (
        select(func.count())
        .select_from(Application)
        .join(Job, Job.id == Application.job_id)
        .where(Job.office_id.in_(offices), Application.state == state)
    )


def _watchers(offices: Collection[UUID]) -> Select[Any]:
    return (
        select(func.count())
        .select_from(Watcher)
        .where(Watcher.office_id.in_(offices), Watcher.state == WatcherState.WAITING)
    )


def _shifts(offices: Collection[UUID], *which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(func.count())
        .select_from(Shift)
        .join(Job, Job.id == Shift.job_id)
        .where(Job.office_id.in_(offices), *which)
    )


def _bookings(offices: Collection[UUID], *which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(func.count())
        .select_from(Booking)
        .join(Space, Space.id == Booking.space_id)
        .where(Space.office_id.in_(offices), *which)
    )


def _of_today(today: date) -> tuple[ColumnElement[bool], ...]:
    begins = func.lower(Booking.during)
    return (
        begins >= midnight(today),
        begins < midnight(today) + DAY,
        Booking.state.in_([State.CONFIRMED, State.CHECKED_IN]),
    )


def _reviews(offices: Collection[UUID], at: datetime) -> Select[Any]:
    return select(func.count()).select_from(
        rounds_waiting_at(offices, at=at).order_by(None).subquery()
    )


def _drafts(offices: Collection[UUID]) -> Select[Any]:
    return (
        select(func.count())
        .select_from(Job)
        .where(Job.office_id.in_(offices), Job.state == JobState.DRAFT, Job.removed_at.is_(None))
    )


def _budgets(offices: Collection[UUID], today: date) -> Select[Any]:
    some, of_all = NEARLY
    return select(func.count()).where(
        Programme.office_id.in_(offices),
        Programme.closed_at.is_(None),
        Programme.valid_until >= today,
        Programme.budget_won > 0,
        Programme.taken_won * of_all >= Programme.budget_won * some,
    )


def calls(offices: Collection[UUID], *, at: datetime) -> Select[Call]:
    """Urgent calls that ring, or rang in vain, for work that has not begun. Order: by its hour."""
    return (
        select(Call)
        .join(Call.job)
        .where(
            Job.office_id.in_(offices),
            Call.state.in_([CallState.RINGING, CallState.EXHAUSTED]),
            Call.needed_at > at,
        )
        .order_by(Call.needed_at, Call.job_id)
    )


def invitations(offices: Collection[UUID], *, at: datetime) -> Select[int]:
    """How many roles these offices have offered and nobody has taken yet."""
    return select(func.count()).where(Invitation.office_id.in_(offices), Invitation.expires_at > at)
