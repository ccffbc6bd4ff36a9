"""Questions about calls. Each returns SQL; the caller decides when to run it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, literal, or_, select, text
from sqlalchemy.orm import selectinload

from geo_service.accounts.models import Person
from geo_service.geo.columns import PlaceType
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hours.week import minute_of_week
from geo_service.jobs.models import Job
from geo_service.offices.models import Role, Staff
from geo_service.shifts.models import COUNTS, Shift
from geo_service.urgent.models import Asked, Availability, Call, CallState

MOST_ASKED = 200
"""Nobody's Sunday is disturbed for nothing: more people than this are not asked at once."""


def people_to_ask(call: Call, job: Job, within_m: int, *, at: datetime) -> Select[Person]:
    """Who may be asked now: free at this hour, at home within the ring, and not yet asked.

    Order: nearest home first, which nobody is told.
    """
    place = literal(job.place, PlaceType)
    minute = minute_of_week(call.needed_at)
    already = exists().where(Asked.job_id == job.id, Asked.person_id == Person.id)
    applied = exists().where(
        Application.job_id == job.id,
        Application.person_id == Person.id,
        Application.state != ApplicationState.WITHDRAWN,
    )
    busy = exists().where(
        Shift.person_id == Person.id, Shift.during.contains(call.needed_at), text(COUNTS)
    )
    return (
        select(Person)
        .join(Availability, Availability.person_id == Person.id)
        .where(
            func.ST_DWithin(Person.home, place, within_m),
            Availability.week.contains(minute),
            or_(Availability.paused_until.is_(None), Availability.paused_until <= at),
            Person.left_at.is_(None),
            ~already,
            ~applied,
            ~busy,
        )
        .order_by(func.ST_Distance(Person.home, place), Person.id)
        .limit(MOST_ASKED)
    )


def asked_of(person_id: UUID, *, at: datetime) -> Select[Asked]:
    """The calls in which a person is asked and may still answer. Order: what begins first."""
    return (
        select(Asked)
        .join(Asked.call)
        .where(
            Asked.person_id == person_id,
            Asked.reply.is_(None),
            Call.state == CallState.RINGING,
            Call.needed_at > at,
        )
        .options(selectinload(Asked.call).selectinload(Call.job))
        .order_by(Call.needed_at, Call.job_id)
    )


def my_call(person_id: UUID, job_id: UUID) -> Select[Asked]:
    """That a person was asked for a job."""
    return (
        select(Asked)
        .where(Asked.person_id == person_id, Asked.job_id == job_id)
        .options(selectinload(Asked.call).selectinload(Call.job))
    )


def others_asked(job_id: UUID) -> Select[Person]:
    """Who was asked for a job and has not said no or got a seat. Order: by id."""
    return (
        select(Person)
        .join(Asked, Asked.person_id == Person.id)
        .where(Asked.job_id == job_id, Asked.reply.is_(None))
        .order_by(Person.id)
    )


def officers_of(office_id: UUID) -> Select[Person]:
    """Who is told when nobody came. Order: by id."""
    return (
        select(Person)
        .join(Staff, Staff.person_id == Person.id)
        .where(Staff.office_id == office_id, Staff.role == Role.OFFICER)
        .order_by(Person.id)
    )
