"""Questions about shifts. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import contains_eager, selectinload

from geo_service.accounts.models import Person
from geo_service.jobs.models import Job
from geo_service.shifts.models import COUNTS, Shift, ShiftState


def shifts_of_job(job_id: UUID) -> Select[Shift]:
    """Every shift of a job with who works it. Order: by day, hour and name."""
    return (
        select(Shift)
        .join(Shift.person)
        .where(Shift.job_id == job_id)
        .options(contains_eager(Shift.person))
        .order_by(Shift.work_on, func.lower(Shift.during), Person.name, Shift.id)
    )


def shifts_of_person(person_id: UUID, *, since: date) -> Select[Shift]:
    """What a person works from a day on, with the jobs. Order: by day and hour."""
    return (
        select(Shift)
        .where(Shift.person_id == person_id, Shift.work_on >= since)
        .options(selectinload(Shift.job))
        .order_by(Shift.work_on, func.lower(Shift.during), Shift.id)
    )


def shifts_on(day: date, offices: Collection[UUID]) -> Select[Shift]:
    """Who works where on a day, for jobs of these offices. Order: by job, hour and name."""
    return (
        select(Shift)
        .join(Shift.job)
        .join(Shift.person)
        .where(Shift.work_on == day, Job.office_id.in_(offices))
        .options(contains_eager(Shift.person), selectinload(Shift.job))
        .order_by(Job.title, Job.id, func.lower(Shift.during), Person.name, Shift.id)
    )


def the_shift(shift_id: UUID, offices: Collection[UUID]) -> Select[Shift]:
    """One shift, if its job is of one of these offices."""
    return select(Shift).join(Shift.job).where(Shift.id == shift_id, Job.office_id.in_(offices))


def minutes_worked(people: Collection[UUID], first: date, last: date) -> Select[UUID, int]:
    """How many minutes each of these people works between two days, both included.

    Shape: rows of (person_id, minutes); whoever works none has no row.
    """
    return (
        select(Shift.person_id, func.sum(Shift.minutes))
        .where(Shift.person_id.in_(people), Shift.work_on.between(first, last), text(COUNTS))
        .group_by(Shift.person_id)
    )


def confirmed_between(first: date, last: date, offices: Collection[UUID]) -> Select[Shift]:
    """What is paid between two days, both included, for jobs of these offices.

    Order: by person, then day.
    """
    return (
        select(Shift)
        .join(Shift.job)
        .join(Shift.person)
        .where(
            Shift.state == ShiftState.CONFIRMED,
            Shift.work_on.between(first, last),
            Job.office_id.in_(offices),
        )
        .options(contains_eager(Shift.person), selectinload(Shift.job))
        .order_by(Person.name, Person.id, Shift.work_on, Shift.id)
    )
