"""Taking in a file of jobs, and giving all of it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.errors import Conflict
from geo_service.jobs.models import Job, JobBatch, JobRow, JobState, Outcome
from geo_service.jobs.queries import held, job_alike, rows_of_batch
from geo_service.jobs.schemas.offers import Offer, offer_of
from geo_service.jobs.workflow.drafts import remove
from geo_service.jobs.workflow.posting import edit, post

TAKE_IN = "jobs.take_in"
"""The task that takes in the next rows of a file."""


class BatchHasBegun(Conflict):
    """This file is being taken in already."""

    korean = "이미 담기 시작한 파일이에요."


class BatchIsNotFinished(Conflict):
    """This file has not been taken in, or was undone already."""

    korean = "아직 다 담지 않았거나 이미 되돌린 파일이에요."


def classify(session: Session, row: JobRow, batch: JobBatch, offer: Offer | None) -> None:
    """Say what a row will do; without an offer it is bad."""
    row.job_id, row.outcome = None, Outcome.BAD
    if offer is None:
        return
    job = session.scalar(job_alike(batch.office_id, offer.title, offer.works_from))
    if job is None:
        row.outcome = Outcome.NEW
        return
    row.job_id = job.id
    row.outcome = Outcome.SAME if _says_the_same(job, offer) else Outcome.CHANGED


def begin(session: Session, batch: JobBatch, *, at: datetime) -> None:
    """Let the file's good rows be taken in, one after another. Raises: BatchHasBegun."""
    if batch.begun_at is not None:
        raise BatchHasBegun
    batch.begun_at = at
    later.queue(session, TAKE_IN, {"batch": str(batch.id)}, key=f"{TAKE_IN}:{batch.id}")


def take_in(session: Session, row: JobRow, batch: JobBatch, offer: Offer, *, at: datetime) -> Job:
    """Let a row become or change a job. Raises: what `post` and `edit` raise."""
    if row.job_id is None:
        by = batch.sent_by_id
        job = post(session, offer, office=batch.office, by=by, at=at)
        row.job_id = job.id
    else:
        session.execute(held(row.job_id))
        job = session.get_one(Job, row.job_id)
        before = offer_of(job)
        edit(session, job, offer.model_copy(update={"programme_id": job.programme_id}), at=at)
        row.before = before.model_dump(mode="json")
    row.taken_in, row.version = True, job.version
    session.flush()
    return job


def undo(session: Session, batch: JobBatch, *, at: datetime) -> int:
    """Give back all that nobody has touched since; how many rows had to stay.

    Drafts are removed, changes are changed back. Raises: BatchIsNotFinished.
    """
    if batch.finished_at is None or batch.undone_at is not None:
        raise BatchIsNotFinished
    batch.undone_at = at
    stayed = 0
    for row in session.scalars(rows_of_batch(batch.id).where(JobRow.taken_in)).all():
        if _give_back(session, row, at):
            row.taken_in = False
        else:
            stayed += 1
    session.flush()
    return stayed


def _give_back(session: Session, row: JobRow, at: datetime) -> bool:
    if row.job_id is None:
        return True
    session.execute(held(row.job_id))
    job = session.get_one(Job, row.job_id, populate_existing=True)
    if job.version != row.version or job.state is JobState.DONE:
        return False
    if row.before is not None:
        edit(session, job, Offer.model_validate(row.before), at=at)
        return True
    if job.state is not JobState.DRAFT:
        return False
    if job.removed_at is None:
        remove(session, job, at=at)
    return True


def _says_the_same(job: Job, offer: Offer) -> bool:
    there, told = dict(offer_of(job)), dict(offer)
    place = offer.here or job.office.place
    return place is not None and (
        place.rounded(6) == job.place.rounded(6)
        and all(
            _plain(told[name]) == _plain(there[name]) for name in told if name not in _ELSEWHERE
        )
    )


_ELSEWHERE = {"place", "address", "programme_id"}
"""Compared as a place, or not told by files."""


def _plain(value: object) -> object:
    if isinstance(value, list):
        return sorted(map(str, value))
    return value
