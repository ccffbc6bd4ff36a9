"""Jobs with days and hours, and the shifts that they make."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.hours.week import from_days
from geo_service.jobs.models import Job
from geo_service.programmes.models import Programme
from geo_service.shifts.models import Shift
from geo_service.shifts.workflow.planning import plan
from tests.factories import a_job
from tests.programmes import MONDAY

BEFORE = datetime.combine(MONDAY - timedelta(days=3), time(9), KOREA)
"""Some days before the work begins."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the clock in Korea."""
    return datetime.combine(day, time(hour, minute), KOREA)


def weekly(days: dict[int, list[str]]) -> list[Range[int]]:
    """Opening hours as the database keeps them."""
    return [Range(opens, closes) for opens, closes in from_days(days)]


def a_weekly_job(session: Session, **said: Any) -> Job:
    """Two weeks of Mondays and Wednesdays from ten to one."""
    usual = {
        "works_from": MONDAY,
        "works_until": MONDAY + timedelta(days=13),
        "open_week": weekly({0: ["10:00-13:00"], 2: ["10:00-13:00"]}),
        "pay_won": 12_000,
    }
    return a_job(session, **usual | said)


def planned(session: Session, job: Job, person_id: UUID) -> list[Shift]:
    """All shifts of the job, planned before it begins."""
    shifts = plan(session, job, person_id, at=BEFORE)
    session.commit()
    return shifts


def shifts_of_job(session: Session, job_id: UUID) -> list[Shift]:
    """All shifts of a job, whoever works them. Order: by day."""
    found = select(Shift).where(Shift.job_id == job_id).order_by(Shift.work_on, Shift.id)
    return list(session.scalars(found))


def a_shift_now(
    session: Session, person_id: UUID, programme: Programme | None = None, **said: Any
) -> Shift:
    """One of three hours that began an hour ago by the real clock, but not before today."""
    at = now().astimezone(KOREA)
    starts = max(at - timedelta(hours=1), at.replace(hour=0, minute=0, second=0, microsecond=0))
    usual = {"pay_won": 12_000}
    if programme is not None:
        usual |= {"programme_id": programme.id, "office_id": programme.office_id}
    shift = Shift(
        job_id=a_job(session, **usual | said).id,
        person_id=person_id,
        programme_id=programme.id if programme else None,
        work_on=starts.date(),
        during=Range(starts, starts + timedelta(hours=3)),
        minutes=180,
        pay_won=36_000,
    )
    session.add(shift)
    session.commit()
    return shift
