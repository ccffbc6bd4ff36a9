"""Letting a job be found, now or at a time, and taking that back."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.schemas.offers import offer_of
from geo_service.jobs.workflow.standing import JobIsDraft, must_be, must_be_undoable
from geo_service.jobs.workflow.wages import guard_wage
from geo_service.jobs.workflow.wholeness import NotReady, guard_whole


def publish(session: Session, job: Job, *, at: datetime, on: datetime | None = None) -> None:
    """Let everybody find it from now, or from the moment `on`; a scheduled one may be moved.

    Raises: NotReady, PaysTooLittle; JobIsNoDraft, JobIsClosed, JobIsDone.
    """
    if job.published_at is None or not _is_scheduled(job, at):
        must_be(job, JobState.DRAFT)
    if job.removed_at is not None:
        raise JobIsDraft
    begins_at = max(on or at, at)
    _check(job, begins_at)
    guard_wage(offer_of(job), at)
    job.published_at = begins_at
    session.flush()
    session.refresh(job)


def unpublish(session: Session, job: Job, *, at: datetime) -> None:
    """Make it a draft again: before its time of publication, or at once after it.

    Raises: UndoIsOver; JobIsDraft, JobIsClosed, JobIsDone.
    """
    must_be(job, JobState.PUBLISHED)
    if job.taken or not _is_scheduled(job, at):
        must_be_undoable(None if job.taken else job.published_at, at)
    job.published_at = None
    session.flush()


def _is_scheduled(job: Job, at: datetime) -> bool:
    """Whether it is published already, but cannot be found yet."""
    return (
        job.state is JobState.PUBLISHED and job.published_at is not None and job.published_at > at
    )


def _check(job: Job, begins_at: datetime) -> None:
    """What must be known before anybody applies."""
    guard_whole(job)
    if job.works_until is not None and job.works_until < begins_at.astimezone(KOREA).date():
        raise NotReady(
            "works_until", "The last day of work is over.", "일하는 마지막 날이 이미 지났어요."
        )
    if job.apply_until is not None and job.apply_until <= begins_at:
        raise NotReady(
            "apply_until",
            "The time to apply ends before it begins.",
            "신청 마감이 공개하는 때보다 빨라요.",
        )
