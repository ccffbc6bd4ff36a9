"""Questions about reviews and records. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from geo_service.hiring.models import Application, ApplicationState
from geo_service.jobs.models import Job
from geo_service.offices.models import Office, OfficeKind
from geo_service.shifts.models import Shift, ShiftState
from geo_service.trust.models import Remark, Review, Round, Side


def my_application(application_id: UUID, person_id: UUID) -> Select[Application]:
    """One application of a person."""
    return select(Application).where(
        Application.id == application_id, Application.person_id == person_id
    )


def our_application(application_id: UUID, offices: Collection[UUID]) -> Select[Application]:
    """One application for a job of these offices; who withdrew is their business no more."""
    return (
        select(Application)
        .join(Application.job)
        .where(
            Application.id == application_id,
            Application.state != ApplicationState.WITHDRAWN,
            Job.office_id.in_(offices),
        )
    )


def last_confirmed(application: Application) -> Select[datetime | None]:
    """When the last of its shifts was confirmed; None while one of them is still to be."""
    pending = exists().where(
        Shift.job_id == application.job_id,
        Shift.person_id == application.person_id,
        Shift.state.in_((ShiftState.PLANNED, ShiftState.ATTENDED)),
    )
    return select(func.max(Shift.confirmed_at)).where(
        Shift.job_id == application.job_id,
        Shift.person_id == application.person_id,
        Shift.state == ShiftState.CONFIRMED,
        ~pending,
    )


def newly_confirmed(since: datetime) -> Select[Application]:
    """Hired people whose shifts were all confirmed, the last since then, without a round yet."""
    done = (
        select(Shift.job_id, Shift.person_id)
        .where(Shift.state == ShiftState.CONFIRMED, Shift.confirmed_at > since)
        .distinct()
        .subquery()
    )
    pending = exists().where(
        Shift.job_id == Application.job_id,
        Shift.person_id == Application.person_id,
        Shift.state.in_((ShiftState.PLANNED, ShiftState.ATTENDED)),
    )
    return (
        select(Application)
        .join(
            done,
            and_(done.c.job_id == Application.job_id, done.c.person_id == Application.person_id),
        )
        .where(
            Application.state == ApplicationState.HIRED,
            ~pending,
            ~exists().where(Round.application_id == Application.id),
        )
        .order_by(Application.id)
    )


def _is_shown(at: datetime) -> ColumnElement[bool]:
    """Both have written, or the week is over."""
    other = aliased(Review)
    both = exists().where(other.application_id == Review.application_id, other.side != Review.side)
    return or_(Round.closes_at <= at, both)


def reviews_of_person(person_id: UUID, *, at: datetime) -> Select[Review]:
    """What offices say of a person, as far as it is shown. Order: latest first."""
    return (
        select(Review)
        .join(Review.round)
        .join(Round.application)
        .where(Application.person_id == person_id, Review.side == Side.OFFICE, _is_shown(at))
        .options(
            selectinload(Review.round).selectinload(Round.application).selectinload(Application.job)
        )
        .order_by(Review.written_at.desc(), Review.id)
    )


def reviews_of_office(office_id: UUID, *, at: datetime) -> Select[Review]:
    """What people say of an office, as far as it is shown. Order: latest first."""
    return (
        select(Review)
        .join(Review.round)
        .join(Round.application)
        .join(Application.job)
        .where(Job.office_id == office_id, Review.side == Side.PERSON, _is_shown(at))
        .order_by(Review.written_at.desc(), Review.id)
    )


def shown_review(application_id: UUID, side: Side, *, at: datetime) -> Select[Review]:
    """What one side wrote, if it is shown."""
    return (
        select(Review)
        .join(Review.round)
        .where(Review.application_id == application_id, Review.side == side, _is_shown(at))
    )


def rounds_waiting_for(person_id: UUID, *, at: datetime) -> Select[Round]:
    """The rounds in which a person may still write. Order: what closes first."""
    written = exists().where(
        Review.application_id == Round.application_id, Review.side == Side.PERSON
    )
    return (
        select(Round)
        .join(Round.application)
        .where(Application.person_id == person_id, Round.closes_at > at, ~written)
        .options(selectinload(Round.application).selectinload(Application.job))
        .order_by(Round.closes_at, Round.application_id)
    )


def rounds_waiting_at(offices: Collection[UUID], *, at: datetime) -> Select[Round]:
    """The rounds in which an office may still write. Order: what closes first."""
    written = exists().where(
        Review.application_id == Round.application_id, Review.side == Side.OFFICE
    )
    return (
        select(Round)
        .join(Round.application)
        .join(Application.job)
        .where(Job.office_id.in_(offices), Round.closes_at > at, ~written)
        .options(
            selectinload(Round.application).options(
                selectinload(Application.job), selectinload(Application.person)
            )
        )
        .order_by(Round.closes_at, Round.application_id)
    )


def worked_for(person_id: UUID) -> Select[OfficeKind, int, int]:
    """For what kinds of office a person has worked.

    Shape: rows of (kind of office, jobs, minutes). Order: most minutes first.
    """
    minutes: ColumnElement[Any] = func.sum(Shift.minutes)
    return (
        select(Office.kind, func.count(Shift.job_id.distinct()), minutes)
        .select_from(Shift)
        .join(Job, Job.id == Shift.job_id)
        .join(Office, Office.id == Job.office_id)
        .where(Shift.person_id == person_id, Shift.state == ShiftState.CONFIRMED)
        .group_by(Office.kind)
        .order_by(minutes.desc(), Office.kind)
    )


def missed_by(person_id: UUID) -> Select[Shift, Remark | None]:
    """The shifts to which a person did not come, with what they say of it. Order: latest first."""
    return (
        select(Shift, Remark)
        .outerjoin(Remark, Remark.shift_id == Shift.id)
        .where(Shift.person_id == person_id, Shift.state == ShiftState.ABSENT)
        .options(selectinload(Shift.job))
        .order_by(Shift.work_on.desc(), Shift.id)
    )


def my_missed_shift(shift_id: UUID, person_id: UUID) -> Select[Shift]:
    """One shift to which a person did not come."""
    return select(Shift).where(
        Shift.id == shift_id,
        Shift.person_id == person_id,
        Shift.state == ShiftState.ABSENT,
    )


def written_by(application_id: UUID, side: Side) -> Select[Review]:
    """What one side wrote, for itself to read, shown or not."""
    return select(Review).where(Review.application_id == application_id, Review.side == side)
