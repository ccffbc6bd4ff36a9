"""Drafts: made from another job, thrown away, had back, and gone for good."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.errors import Conflict
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.workflow.standing import UNDO_FOR, must_be, must_be_undoable
from geo_service.listings.models import Listing

PURGE = "jobs.purge"
"""The task by which a removed draft is gone for good."""


class JobIsRemoved(Conflict):
    """This draft has been thrown away."""

    korean = "지운 초안이에요."


def copy(session: Session, job: Job, *, by: UUID) -> Job:
    """A draft that says the same, but for all days and moments, which will be others."""
    twin = Job(
        title=job.title,
        summary=job.summary,
        address=job.address,
        area_id=job.area_id,
        place=job.place,
        office_id=job.office_id,
        open_week=job.open_week,
        closed_days=list(job.closed_days),
        pay_won=job.pay_won,
        pay_unit=job.pay_unit,
        task_hours=job.task_hours,
        allowance_programme=job.allowance_programme,
        programme_id=job.programme_id,
        weekly_hours=job.weekly_hours,
        hours_words=job.hours_words,
        breaks_min=job.breaks_min,
        seats=job.seats,
        turn=job.turn,
        questions=list(job.questions),
        how_to_apply=job.how_to_apply,
        apply_phone=job.apply_phone,
        posted_by_id=by,
    )
    session.add(twin)
    session.flush()
    return twin


def remove(session: Session, job: Job, *, at: datetime) -> None:
    """Throw a draft away; for `UNDO_FOR` it can be had back.

    Raises: JobIsNoDraft, JobIsClosed, JobIsDone, JobIsRemoved.
    """
    must_be(job, JobState.DRAFT)
    if job.removed_at is not None:
        raise JobIsRemoved
    job.removed_at = at
    key = f"{PURGE}:{job.id}"
    later.queue(session, PURGE, {"job": str(job.id)}, due_at=at + 2 * UNDO_FOR, key=key)
    session.flush()


def restore(session: Session, job: Job, *, at: datetime) -> None:
    """Have a draft back. Raises: UndoIsOver."""
    must_be_undoable(job.removed_at, at)
    job.removed_at = None
    later.drop(session, f"{PURGE}:{job.id}")
    session.flush()


def purge(session: Session, job_id: UUID) -> None:
    """Delete a draft that was removed and not had back."""
    session.execute(delete(Listing).where(Listing.id == job_id, Listing.removed_at.is_not(None)))
