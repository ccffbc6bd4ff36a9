"""Whether something may be done to an application now, and the lock under which it is done."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA
from geo_service.errors import Conflict
from geo_service.hiring.models import Application, ApplicationState, Reason
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.queries import held
from geo_service.jobs.workflow import JobIsClosed, JobIsDraft
from geo_service.shifts.workflow.planning import days_of_work


class NotOpenYet(Conflict):
    """One cannot apply for this job yet."""

    korean = "아직 신청을 받지 않는 일자리예요."


class TooLate(Conflict):
    """The time to apply for this job is over."""

    korean = "신청 기간이 지났어요."


class NoSeatLeft(Conflict):
    """Every seat of this job is taken."""

    korean = "남은 자리가 없어요."


class WorkIsOver(Conflict):
    """The work of this job is over."""

    korean = "이미 끝난 일이에요."


class DecidedMeanwhile(Conflict):
    """This application has been decided, or taken back, meanwhile."""

    korean = "그사이 이 신청의 상태가 바뀌었어요. 화면을 다시 열어 확인해 주세요."


def hold_job(session: Session, job_id: UUID) -> Job:
    """A job as it is now, and nobody else decides anything about it until we are done."""
    session.execute(held(job_id))
    return session.get_one(Job, job_id, populate_existing=True)


def hold(session: Session, application: Application, *states: ApplicationState) -> Job:
    """The same for the job of an application, which must be in one of these states.

    Raises: DecidedMeanwhile.
    """
    job = hold_job(session, application.job_id)
    session.refresh(application)
    if application.state not in states:
        raise DecidedMeanwhile
    return job


def hold_people(session: Session, person_ids: Iterable[UUID]) -> None:
    """Nobody else plans work for these people meanwhile. Always after the job, in one order."""
    rows = select(Person.id).where(Person.id.in_(list(person_ids))).order_by(Person.id)
    session.execute(rows.with_for_update(key_share=True)).all()


def must_take_applications(job: Job, at: datetime) -> None:
    """A filled job takes them too: for its waiting list.

    Raises: JobIsDraft, JobIsClosed, NotOpenYet, TooLate.
    """
    if job.state is JobState.DRAFT:
        raise JobIsDraft
    if job.state in {JobState.CLOSED, JobState.DONE}:
        raise JobIsClosed
    begins_at = max(filter(None, (job.published_at, job.open_during.lower)), default=None)
    if begins_at is not None and at < begins_at:
        raise NotOpenYet
    ends_at = earliest(job.apply_until, work_ends_at(job))
    if ends_at is not None and at >= ends_at:
        raise TooLate


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of those that are known."""
    return min(filter(None, moments), default=None)


def work_begins_at(job: Job) -> datetime | None:
    """When somebody must first be there; the day's first minute where no hours are known."""
    for day, during, _minutes in days_of_work(job):
        begins_at = during.lower if during else None
        return begins_at or datetime.combine(day, time(), KOREA)
    return None if job.works_from is None else datetime.combine(job.works_from, time(), KOREA)


def work_ends_at(job: Job) -> datetime | None:
    """When the last of it is over; the last minute of the last day where no hours are known."""
    last = max(
        (during.upper for _, during, _ in days_of_work(job) if during and during.upper),
        default=None,
    )
    if last is None and job.works_until is not None:
        last = datetime.combine(job.works_until, time.max, KOREA)
    return last


def is_past(job: Job, at: datetime) -> bool:
    """Whether nothing is left to work."""
    ends_at = work_ends_at(job)
    return ends_at is not None and ends_at <= at


def must_be_ahead(job: Job, at: datetime) -> None:
    """Raises: WorkIsOver."""
    if is_past(job, at):
        raise WorkIsOver


def withdraw_until(job: Job) -> datetime | None:
    """Until when somebody who is hired may still say no; None is always."""
    return earliest(job.withdraw_until, work_begins_at(job))


def move(  # noqa: PLR0913 (what is written down about a step)
    application: Application,
    state: ApplicationState,
    *,
    at: datetime,
    reason: Reason | None,
    words: str = "",
    by_id: UUID | None = None,
    until: datetime | None = None,
) -> None:
    """Write down what became of it, when, why and by whom."""
    application.state, application.moved_at, application.offered_until = state, at, until
    application.reason, application.reason_words = reason, words
    application.decided_by_id = by_id
