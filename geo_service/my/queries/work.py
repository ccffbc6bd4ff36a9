"""What is kept about somebody who works: applications, shifts, hours, calls, reviews."""

from uuid import UUID

from sqlalchemy import Select, func, select

from geo_service.hiring.models import Application, Draft
from geo_service.jobs.models import Job
from geo_service.offices.models import Office
from geo_service.programmes.models import Programme, Use
from geo_service.shifts.models import Shift
from geo_service.trust.models import Remark, Review, Side
from geo_service.urgent.models import Asked, Availability, Call

_JOB, _OFFICE = Job.title.label("job"), Office.name.label("office")


def applications(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they applied for, with their answers and what became of it. Order: as they applied."""
    return (
        select(
            _JOB,
            _OFFICE,
            Application.number,
            Application.applied_at,
            Application.phone,
            Application.answers,
            Application.way,
            Application.consent,
            Application.consented_at,
            Application.state,
            Application.moved_at,
            Application.rank,
            Application.minutes_before,
            Application.reason,
            Application.reason_words,
            Application.offered_until,
        )
        .join(Job, Job.id == Application.job_id)
        .join(Office, Office.id == Job.office_id)
        .where(Application.person_id == person_id)
        .order_by(Application.applied_at, Application.id)
    )


def applications_for_others(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they wrote for somebody else, who is not told here. Order: as they were written."""
    return (
        select(_JOB, Application.number, Application.applied_at, Application.way)
        .join(Job, Job.id == Application.job_id)
        .where(Application.by_id == person_id, Application.person_id != person_id)
        .order_by(Application.applied_at, Application.id)
    )


def drafts(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they have written and not sent. Order: as it was saved."""
    return (
        select(_JOB, Draft.said, Draft.saved_at)
        .join(Job, Job.id == Draft.job_id)
        .where(Draft.person_id == person_id)
        .order_by(Draft.saved_at)
    )


def shifts(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they worked or will work, and for how much. Order: by day and hour."""
    return (
        select(
            _JOB,
            _OFFICE,
            Programme.name.label("programme"),
            Shift.work_on,
            Shift.during,
            Shift.minutes,
            Shift.pay_won,
            Shift.state,
            Shift.attended_at,
            Shift.confirmed_at,
        )
        .select_from(Shift)
        .join(Job, Job.id == Shift.job_id)
        .join(Office, Office.id == Job.office_id)
        .outerjoin(Programme, Programme.id == Shift.programme_id)
        .where(Shift.person_id == person_id)
        .order_by(Shift.work_on, func.lower(Shift.during), Shift.id)
    )


def hours_used(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Of each programme, the minutes they have in it. Order: by name and period."""
    return (
        select(
            Programme.name.label("programme"),
            Use.period,
            Use.begins_on,
            Use.minutes,
            Use.worked_minutes,
            Use.cap_minutes,
        )
        .join(Programme, Programme.id == Use.programme_id)
        .where(Use.person_id == person_id)
        .order_by(Programme.name, Use.period, Use.begins_on)
    )


def availability(person_id: UUID) -> Select[*tuple[object, ...]]:
    """When they would come at short notice."""
    return select(
        Availability.week.label("minutes_of_the_week_from_monday"), Availability.paused_until
    ).where(Availability.person_id == person_id)


def calls(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Urgent calls that reached them, and what they answered. Order: as they were asked."""
    return (
        select(_JOB, Call.needed_at, Asked.asked_at, Asked.reply)
        .select_from(Asked)
        .join(Call, Call.job_id == Asked.job_id)
        .join(Job, Job.id == Asked.job_id)
        .where(Asked.person_id == person_id)
        .order_by(Asked.asked_at)
    )


def reviews_written(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they said of offices, and what was answered. Order: as they wrote."""
    return (
        select(_JOB, Review.kept, Review.again, Review.line, Review.written_at, Review.reply)
        .join(Application, Application.id == Review.application_id)
        .join(Job, Job.id == Application.job_id)
        .where(Application.person_id == person_id, Review.side == Side.PERSON)
        .order_by(Review.written_at)
    )


def remarks(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they said about shifts that their record tells wrongly. Order: as they wrote."""
    return (
        select(Shift.work_on, Remark.words, Remark.written_at)
        .join(Shift, Shift.id == Remark.shift_id)
        .where(Shift.person_id == person_id)
        .order_by(Remark.written_at)
    )
