"""From a job's days and hours to single shifts of a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from uuid import UUID

import psycopg
from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.errors import Conflict
from geo_service.jobs.models import Job, PayUnit
from geo_service.jobs.schemas.shifts import MOST_SHIFTS
from geo_service.jobs.schemas.shifts import shifts as shifts_of
from geo_service.programmes.files import wage_of
from geo_service.programmes.queries import held
from geo_service.programmes.workflow.balance import within_bounds
from geo_service.shifts.models import Shift, ShiftState


class WorksElsewhereThen(Conflict):
    """This person already works somewhere else at that time."""

    korean = "같은 시간에 다른 곳에서 일하기로 되어 있어요."


class TooLongToPlan(Conflict):
    """This job has more shifts than can be planned at once. End it sooner."""

    korean = f"근무가 {MOST_SHIFTS}번보다 많아요. 일하는 기간을 나누어 주세요."


def pay_for(job: Job, minutes: int, day: date) -> int:
    """What so many minutes on a day earn. Won are rounded up.

    A task is paid as a whole. Whatever was agreed, nobody gets less than the minimum wage of the
    year: a task may take longer than it was thought to.
    """
    hour_won = wage_of(day.year).hourly_won
    if job.pay_unit is PayUnit.TASK:
        return max(job.pay_won, _up(hour_won * minutes))
    return _up(max(job.pay_won, hour_won) * minutes)


def _up(won_minutes: int) -> int:
    return -(-won_minutes // 60)


def days_of_work(job: Job) -> Iterator[tuple[date, Range[datetime] | None, int]]:
    """The day, the time and the paid minutes of every shift that a job's hours make.

    A job without days makes none; a task without hours makes one shift on its first day.
    """
    if job.open_week:
        for shift in shifts_of(job):
            yield shift.on, Range(shift.starts_at, shift.ends_at), shift.minutes
    elif job.works_from is not None and job.task_hours is not None:
        yield job.works_from, None, round(job.task_hours * 60)


def plan(session: Session, job: Job, person_id: UUID, *, at: datetime) -> list[Shift]:
    """Every shift of a job that is still to come, for one person; all of them or none.

    Raises: BudgetIsSpent, HoursAreUsedUp, NotPaidThen, WorksElsewhereThen, TooLongToPlan.
    """
    today = at.astimezone(KOREA).date()
    coming = (
        Shift(
            job_id=job.id,
            person_id=person_id,
            programme_id=job.programme_id,
            work_on=day,
            during=during,
            minutes=minutes,
            pay_won=pay_for(job, minutes, day),
        )
        for day, during, minutes in days_of_work(job)
        if (during.upper > at if during and during.upper else day >= today)
    )
    shifts = list(islice(coming, MOST_SHIFTS + 1))
    if len(shifts) > MOST_SHIFTS:
        raise TooLongToPlan
    if job.programme_id is not None:
        session.execute(held({job.programme_id}))
    add(session, *shifts)
    return shifts


def add(session: Session, *shifts: Shift) -> None:
    """Plan these shifts, all or none.

    Raises: BudgetIsSpent, HoursAreUsedUp, NotPaidThen, WorksElsewhereThen.
    """
    with possible(session):
        session.add_all(shifts)


@contextmanager
def possible(session: Session) -> Iterator[None]:
    """Flush what the block plans, or undo it and say why not.

    Raises: BudgetIsSpent, HoursAreUsedUp, NotPaidThen, WorksElsewhereThen.
    """
    try:
        with within_bounds(session):
            yield
    except IntegrityError as error:
        if isinstance(error.orig, psycopg.errors.ExclusionViolation):
            raise WorksElsewhereThen from error
        raise


def cancel_planned(session: Session, job_id: UUID, person_id: UUID, *, at: datetime) -> int:
    """Take back what is planned and has not begun; its hours are free again. How many.

    What has begun stays: the office says whether they came.
    """
    today = at.astimezone(KOREA).date()
    is_all_day = Shift.during.is_(None)
    theirs = (
        Shift.job_id == job_id,
        Shift.person_id == person_id,
        Shift.state == ShiftState.PLANNED,
        or_(func.lower(Shift.during) > at, is_all_day & (Shift.work_on >= today)),
    )
    programmes = session.scalars(held(select(Shift.programme_id).where(*theirs))).all()
    # What is planned only now waits: its programme may be held by who waits for these shifts.
    is_held = or_(Shift.programme_id.is_(None), Shift.programme_id.in_(programmes))
    cancelled = session.execute(
        update(Shift)
        .where(*theirs, is_held)
        .values(state=ShiftState.CANCELLED)
        .returning(Shift.id)
        .execution_options(synchronize_session="fetch")
    )
    return len(cancelled.all())
