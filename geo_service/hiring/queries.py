"""Questions about applications. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from geo_service.accounts.models import Person
from geo_service.hiring.models import Application, ApplicationState, Draft, Draw, Reason, Way
from geo_service.jobs.models import Job, JobState
from geo_service.shifts.models import Shift, ShiftState

_OPEN = tuple(state for state in ApplicationState if state.is_open)


def applications_of(job_id: UUID) -> Select[Application]:
    """All who ever applied for a job, with who they are. Order: first come, first named."""
    return (
        select(Application)
        .where(Application.job_id == job_id)
        .options(joinedload(Application.person, innerjoin=True), joinedload(Application.by))
        .order_by(Application.number)
    )


def sent_in_order(job_id: UUID) -> Select[Application]:
    """Those about whom nothing is decided. Order: by time of application."""
    return applications_of(job_id).where(Application.state == ApplicationState.SENT)


def waiting_list(job_id: UUID) -> Select[Application]:
    """Who moves up, the next one first.

    Without those whom no money is there for, and those who have their chance already.
    """
    return (
        select(Application)
        .where(
            Application.job_id == job_id,
            Application.state == ApplicationState.WAITING,
            Application.reason.is_distinct_from(Reason.BUDGET),
            ~_comes_again(),
        )
        .order_by(Application.rank)
    )


def waiting_before(application: Application) -> Select[int]:
    """How many applications stand before it.

    Repeated ones too: else a stranger could tell by counting whether somebody has applied.
    """
    return select(func.count()).where(
        Application.job_id == application.job_id,
        Application.state == ApplicationState.WAITING,
        Application.rank < application.rank,
    )


def the_application_of(person_id: UUID, job_id: UUID) -> Select[Application]:
    """A person's application for a job, in whatever state."""
    return select(Application).where(
        Application.job_id == job_id, Application.person_id == person_id
    )


def twins_of(worker: Person, job_id: UUID, phone: str) -> Select[Application]:
    """Applications of somebody else with the same name and telephone, who is the same one."""
    return (
        select(Application)
        .join(Application.person)
        .where(
            Application.job_id == job_id,
            Application.person_id != worker.id,
            Application.phone == phone,
            func.lower(Person.name) == worker.name.lower(),
            Application.state != ApplicationState.WITHDRAWN,
        )
    )


def repeated(job_id: UUID) -> Select[UUID]:
    """Applications before which there was another of the same name and telephone.

    One person has one chance, however many accounts and relatives write for them.
    """
    return select(Application.id).where(Application.job_id == job_id, _comes_again())


def _comes_again() -> ColumnElement[bool]:
    """Whether an application is one of those."""
    worker, earlier, named = aliased(Person), aliased(Application), aliased(Person)
    return (
        select(earlier.id)
        .join(named, named.id == earlier.person_id)
        .join(worker, worker.id == Application.person_id)
        .where(
            earlier.job_id == Application.job_id,
            earlier.number < Application.number,
            earlier.phone == Application.phone,
            func.lower(named.name) == func.lower(worker.name),
            earlier.state != ApplicationState.WITHDRAWN,
        )
        .exists()
    )


def written_by(by_id: UUID, job_id: UUID) -> Select[UUID]:
    """Applications for a job that somebody wrote for others, whatever became of them."""
    return select(Application.id).where(Application.job_id == job_id, Application.by_id == by_id)


def mine(person_id: UUID) -> Select[Application]:
    """What a person applied for, also for relatives, with the jobs. Order: latest first.

    What an officer wrote at the counter is the office's, and stays there when the officer leaves.
    """
    for_family = and_(Application.by_id == person_id, Application.way == Way.FAMILY)
    return (
        select(Application)
        .where(or_(Application.person_id == person_id, for_family))
        .options(
            joinedload(Application.job, innerjoin=True),
            joinedload(Application.person, innerjoin=True),
        )
        .order_by(Application.applied_at.desc(), Application.id)
    )


def my_application(person_id: UUID, application_id: UUID) -> Select[Application]:
    """One of those."""
    return mine(person_id).where(Application.id == application_id)


def the_office_application(offices: Collection[UUID], application_id: UUID) -> Select[Application]:
    """One application, if its job is of one of these offices."""
    return (
        select(Application)
        .join(Application.job)
        .where(Application.id == application_id, Job.office_id.in_(offices))
        .options(joinedload(Application.person, innerjoin=True), joinedload(Application.by))
    )


def numbers_by_state(offices: Collection[UUID]) -> Select[ApplicationState, int]:
    """How many applications for jobs of some offices are in each state."""
    return (
        select(Application.state, func.count())
        .join(Application.job)
        .where(Job.office_id.in_(offices))
        .group_by(Application.state)
    )


def planned_shifts(application: Application, *, since: date) -> Select[Shift]:
    """What a person still has to work for a job from a day on. Order: by day and hour."""
    return (
        select(Shift)
        .where(
            Shift.job_id == application.job_id,
            Shift.person_id == application.person_id,
            Shift.state == ShiftState.PLANNED,
            Shift.work_on >= since,
        )
        .order_by(Shift.work_on, func.lower(Shift.during), Shift.id)
    )


def the_shifts_of(application: Application) -> Select[Shift]:
    """All shifts of a person for a job, in whatever state but cancelled. Order: by day and hour."""
    return (
        select(Shift)
        .where(
            Shift.job_id == application.job_id,
            Shift.person_id == application.person_id,
            Shift.state != ShiftState.CANCELLED,
        )
        .order_by(Shift.work_on, func.lower(Shift.during), Shift.id)
    )


def the_pending_draw(job_id: UUID) -> Select[Draw]:
    """The seed that is fixed, and not used yet."""
    return select(Draw).where(Draw.job_id == job_id, Draw.drawn_at.is_(None))


def draws_of(job_id: UUID) -> Select[Draw]:
    """All draws of a job, the one to come included. Order: the latest first."""
    return select(Draw).where(Draw.job_id == job_id).order_by(Draw.committed_at.desc(), Draw.id)


def jobs_to_settle(at: datetime, undo_for: timedelta) -> Select[UUID]:
    """Jobs about whose applications something may have to be done. Order: by id."""
    is_open = Application.state.in_(_OPEN)
    is_sent = Application.state == ApplicationState.SENT
    is_waiting = and_(
        Application.state == ApplicationState.WAITING,
        Application.reason.is_distinct_from(Reason.BUDGET),
    )
    is_closed = Job.closed_at <= at - undo_for
    due = or_(
        is_sent & (func.upper(Job.open_during) <= at) & Job.closed_at.is_(None),
        is_sent & is_closed & (Job.filled | Application.closing_told_at.is_(None)),
        is_waiting & (Job.taken < Job.seats) & (Job.state != JobState.DRAFT) & ~_comes_again(),
        is_open & Job.done_at.is_not(None),
        is_open & (Job.works_until < func.date(func.timezone("Asia/Seoul", at))),
    )
    changed = Application.job_version != Job.version
    concerned = or_(is_open, Application.state == ApplicationState.HIRED)
    return (
        select(Application.job_id)
        .join(Job, Job.id == Application.job_id)
        .where(or_(due, changed & concerned & Job.done_at.is_(None)))
        .distinct()
        .order_by(Application.job_id)
    )


def the_draft(person_id: UUID, job_id: UUID) -> Select[Draft]:
    """What somebody has begun to write for a job."""
    return select(Draft).where(Draft.person_id == person_id, Draft.job_id == job_id)


def the_draft_in(token_hash: bytes, job_id: UUID) -> Select[Draft]:
    """The same, by what its browser knows."""
    return select(Draft).where(Draft.token_hash == token_hash, Draft.job_id == job_id)
