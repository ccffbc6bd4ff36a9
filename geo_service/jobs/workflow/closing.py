"""Ending the search for people, taking that back, and settling a job."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.errors import Conflict
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.schemas.shifts import work_ends_at
from geo_service.jobs.workflow.standing import JobIsDraft, must_be, must_be_undoable


class ApplyTimeIsOver(Conflict):
    """The time to apply is over. Choose a later end first."""

    korean = "신청 기간이 지났어요. 신청 마감을 먼저 늦춰 주세요."


class WorkIsAhead(Conflict):
    """There is still work to do."""

    korean = "아직 일할 날이 남았어요. 마지막 근무가 끝난 뒤에 끝낼 수 있어요."


def close(session: Session, job: Job, *, at: datetime) -> None:
    """Take no more applications; what was closed because it was full stays closed.

    Raises: JobIsDraft, JobIsClosed, JobIsDone.
    """
    must_be(job, JobState.PUBLISHED, JobState.FILLED)
    if job.published_at is None or job.published_at > at:
        raise JobIsDraft
    job.filled = False
    job.closed_at = at
    session.flush()


def reopen(session: Session, job: Job, *, at: datetime) -> None:
    """Take applications again; a job without a free seat is filled, and closed by that.

    Raises: ApplyTimeIsOver; JobIsDraft, JobIsNoDraft, JobIsFilled, JobIsDone.
    """
    must_be(job, JobState.CLOSED)
    if job.apply_until is not None and job.apply_until <= at:
        raise ApplyTimeIsOver
    job.closed_at = None
    session.flush()
    session.refresh(job)


def mark_done(session: Session, job: Job, *, at: datetime) -> None:
    """Say that all is settled: the work is over, and nothing changes any more.

    Raises: WorkIsAhead; JobIsDraft, JobIsDone.
    """
    must_be(job, JobState.PUBLISHED, JobState.FILLED, JobState.CLOSED)
    ends_at = work_ends_at(job)
    if ends_at is not None and ends_at > at:
        raise WorkIsAhead
    if job.closed_at is None:
        close(session, job, at=at)
    job.done_at = at
    session.flush()


def take_up_again(session: Session, job: Job, *, at: datetime) -> None:
    """Undo `mark_done`, at once after it. Raises: UndoIsOver."""
    must_be_undoable(job.done_at, at)
    job.done_at = None
    session.flush()
