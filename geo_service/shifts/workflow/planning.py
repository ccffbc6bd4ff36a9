"""From a job's days and hours to single shifts of a person."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

import psycopg
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.errors import Conflict
from geo_service.hours.closures import tokens_on
from geo_service.hours.week import by_day
from geo_service.jobs.models import Job, PayUnit
from geo_service.programmes.workflow.balance import within_bounds
from geo_service.shifts.models import Shift, ShiftState

MOST_SHIFTS = 400
"""More than a year of daily work is not planned at once."""


class WorksElsewhereThen(Conflict):
    """This person already works somewhere else at that time."""

    korean = "같은 시간에 다른 곳에서 일하기로 되어 있어요."


def pay_for(job: Job, minutes: int) -> int:
    """What so many minutes earn: won are rounded up, a task is paid as a whole."""
    if job.pay_unit is PayUnit.TASK:
        return job.pay_won
    return -(-job.pay_won * minutes // 60)


def days_of_work(job: Job) -> Iterator[tuple[date, Range[datetime] | None, int]]:
    """The day, the time and the paid minutes of every shift that a job's hours make.

    A job without days makes none; one without hours makes one shift on its first day.
    """
    if job.works_from is None or job.works_until is None:
        return
    if not job.open_week:
        if job.task_hours is not None:
            yield job.works_from, None, round(job.task_hours * 60)
        return
    week = by_day(tuple((span.lower or 0, span.upper or 0) for span in job.open_week))
    closed = set(job.closed_days)
    for offset in range((job.works_until - job.works_from).days + 1):
        day = job.works_from + timedelta(days=offset)
        if closed & tokens_on(day):
            continue
        midnight = datetime.combine(day, time(), KOREA)
        for opens, closes in week[day.weekday()]:
            during = Range(
                midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)
            )
            yield day, during, max(0, closes - opens - job.breaks_min)


def plan(session: Session, job: Job, person_id: UUID, *, at: datetime) -> list[Shift]:
    """Every shift of a job that is still to come, for one person; all of them or none.

    Raises: BudgetIsSpent, HoursAreUsedUp, NotPaidThen, WorksElsewhereThen.
    """
    today = at.astimezone(KOREA).date()
    shifts = [
        Shift(
            job_id=job.id,
            person_id=person_id,
            programme_id=job.programme_id,
            work_on=day,
            during=during,
            minutes=minutes,
            pay_won=pay_for(job, minutes),
        )
        for day, during, minutes in days_of_work(job)
        if (during.upper > at if during and during.upper else day >= today)
    ][:MOST_SHIFTS]
    add(session, *shifts)
    return shifts


def add(session: Session, *shifts: Shift) -> None:
    """Plan these shifts, all or none.

    Raises: BudgetIsSpent, HoursAreUsedUp, NotPaidThen, WorksElsewhereThen.
    """
    try:
        with within_bounds(session):
            session.add_all(shifts)
    except IntegrityError as error:
        cause = error.orig
        if isinstance(cause, psycopg.errors.ExclusionViolation):
            raise WorksElsewhereThen from error
        raise


def cancel_planned(session: Session, job_id: UUID, person_id: UUID) -> int:
    """Take back what is planned and not worked yet; its hours are free again. How many."""
    cancelled = session.execute(
        update(Shift)
        .where(
            Shift.job_id == job_id,
            Shift.person_id == person_id,
            Shift.state == ShiftState.PLANNED,
        )
        .values(state=ShiftState.CANCELLED)
        .returning(Shift.id)
    )
    return len(cancelled.all())
