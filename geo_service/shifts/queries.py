"""Questions about shifts. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Select, func, literal_column, select, text
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from geo_service.accounts.models import Person
from geo_service.jobs.models import Job
from geo_service.shifts.models import COUNTS, Shift, ShiftState

OPEN = (ShiftState.PLANNED, ShiftState.ATTENDED)
"""Nobody has said yet what is paid for them."""


def shifts_of_person(person_id: UUID, *, since: date) -> Select[Shift]:
    """What a person works from a day on, with the jobs. Order: by day and hour."""
    return (
        select(Shift)
        .where(Shift.person_id == person_id, Shift.work_on >= since)
        .options(selectinload(Shift.job))
        .order_by(Shift.work_on, func.lower(Shift.during), Shift.id)
    )


def my_shift(shift_id: UUID, person_id: UUID) -> Select[Shift]:
    """One shift, if this person works it."""
    return (
        select(Shift)
        .where(Shift.id == shift_id, Shift.person_id == person_id)
        .options(selectinload(Shift.job))
    )


def shifts_on(day: date, offices: Collection[UUID], *, job_id: UUID | None = None) -> Select[Shift]:
    """Who works where on a day, for one or all jobs of these offices; cancelled ones are not told.

    Order: by job, hour and name.
    """
    found = (
        select(Shift)
        .join(Shift.job)
        .join(Shift.person)
        .where(
            Shift.work_on == day,
            Job.office_id.in_(offices),
            Shift.state != ShiftState.CANCELLED,
        )
        .options(contains_eager(Shift.person), contains_eager(Shift.job))
        .order_by(Job.title, Job.id, func.lower(Shift.during), Person.name, Shift.id)
    )
    return found if job_id is None else found.where(Shift.job_id == job_id)


def the_shift(shift_id: UUID, offices: Collection[UUID]) -> Select[Shift]:
    """One shift, if its job is of one of these offices."""
    return (
        select(Shift)
        .join(Shift.job)
        .join(Shift.person)
        .where(Shift.id == shift_id, Job.office_id.in_(offices))
        .options(contains_eager(Shift.person), contains_eager(Shift.job))
    )


def minutes_worked(people: Collection[UUID], first: date, last: date) -> Select[UUID, int]:
    """How many minutes each of these people works between two days, both included.

    Shape: rows of (person_id, minutes); whoever works none has no row.
    """
    return (
        select(Shift.person_id, func.sum(Shift.minutes))
        .where(Shift.person_id.in_(people), Shift.work_on.between(first, last), text(COUNTS))
        .group_by(Shift.person_id)
    )


def between(
    first: date, last: date, offices: Collection[UUID], *states: ShiftState
) -> Select[Shift]:
    """Shifts in these states between two days, both included, for jobs of these offices.

    Order: by person, then day and hour.
    """
    return (
        select(Shift)
        .join(Shift.job)
        .join(Shift.person)
        .where(
            Shift.state.in_(states),
            Shift.work_on.between(first, last),
            Job.office_id.in_(offices),
        )
        .options(
            contains_eager(Shift.person),
            contains_eager(Shift.job),
            joinedload(Shift.programme),
        )
        .order_by(Person.name, Person.id, Shift.work_on, func.lower(Shift.during), Shift.id)
    )


def confirmed_between(first: date, last: date, offices: Collection[UUID]) -> Select[Shift]:
    """What is paid between two days, both included. Order: by person, then day and hour."""
    return between(first, last, offices, ShiftState.CONFIRMED)


def unconfirmed_between(first: date, last: date, offices: Collection[UUID]) -> Select[Shift]:
    """What may still have to be paid. Order: by person, then day and hour."""
    return between(first, last, offices, *OPEN)


def confirmed_for(person_id: UUID, since: datetime, until: datetime) -> Select[Shift]:
    """What offices confirmed for a person from one moment until before another.

    Order: by day and hour.
    """
    return (
        select(Shift)
        .where(
            Shift.person_id == person_id,
            Shift.confirmed_at >= since,
            Shift.confirmed_at < until,
        )
        .options(selectinload(Shift.job))
        .order_by(Shift.work_on, func.lower(Shift.during), Shift.id)
    )


def paid_by_month(person_id: UUID) -> Select[date, int, int]:
    """What a person was paid for. Order: the last month first.

    Shape: rows of (the first of the month, minutes, won).
    """
    month = func.date_trunc(literal_column("'month'"), Shift.work_on).cast(Date)
    return (
        select(month, func.sum(Shift.minutes), func.sum(Shift.pay_won))
        .where(Shift.person_id == person_id, Shift.state == ShiftState.CONFIRMED)
        .group_by(month)
        .order_by(month.desc())
    )
