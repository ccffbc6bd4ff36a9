"""Questions about jobs."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from geo_service.jobs.models import Job, JobBatch, JobRow, JobState, Outcome
from geo_service.listings.models import Visibility
from geo_service.listings.queries.visible import AT


def the_job(job_id: UUID) -> Select[Job]:
    """One job published for everybody `:at` a moment; a closed one too, which says so."""
    return select(Job).where(
        Job.id == job_id, Job.visibility == Visibility.PUBLIC, Job.published_at <= AT
    )


def held(job_id: UUID) -> Select[UUID]:
    """The row of a job, kept from others until the transaction ends.

    To be asked before the job itself is read: what a waiting statement reads beside the row it
    waited for is older than that row.
    """
    job = Job.__table__
    return select(job.c.id).where(job.c.id == job_id).with_for_update()


def jobs_of(offices: Collection[UUID]) -> Select[Job]:
    """The jobs of some offices, drafts included. Order: what was last worked on first."""
    return (
        select(Job)
        .where(Job.office_id.in_(offices), Job.removed_at.is_(None))
        .order_by(Job.updated_at.desc(), Job.id)
    )


def jobs_matching(
    offices: Collection[UUID], *, state: JobState | None = None, words: str = ""
) -> Select[Job]:
    """Those in one state, and with these words in their title, address or office's name."""
    found = jobs_of(offices)
    if state is not None:
        found = found.where(Job.state == state)
    if plain := "".join(words.lower().split()):
        found = found.where(Job.words.contains(plain, autoescape=True))
    return found


def numbers_by_state(offices: Collection[UUID]) -> Select[JobState, int]:
    """How many jobs of some offices are in each state."""
    states = (
        select(Job.state.label("state"))
        .where(Job.office_id.in_(offices), Job.removed_at.is_(None))
        .subquery()
    )
    return select(states.c.state, func.count()).group_by(states.c.state)


def the_office_job(offices: Collection[UUID], job_id: UUID) -> Select[Job]:
    """One job, if it is of one of these offices; a removed draft too, which can be had back."""
    return select(Job).where(Job.id == job_id, Job.office_id.in_(offices))


def job_alike(office_id: UUID, title: str, works_from: date | None) -> Select[Job]:
    """The job of an office with the same title and first day, if it is not done."""
    return (
        select(Job)
        .where(
            Job.office_id == office_id,
            Job.title == title,
            Job.works_from.is_not_distinct_from(works_from),
            Job.removed_at.is_(None),
            Job.done_at.is_(None),
        )
        .order_by(Job.updated_at.desc(), Job.id)
        .limit(1)
    )


def batches_of(offices: Collection[UUID]) -> Select[JobBatch]:
    """The files that came to some offices. Order: latest first."""
    return (
        select(JobBatch)
        .where(JobBatch.office_id.in_(offices))
        .order_by(JobBatch.sent_at.desc(), JobBatch.id)
    )


def the_batch(offices: Collection[UUID], batch_id: UUID) -> Select[JobBatch]:
    """One of them."""
    return batches_of(offices).where(JobBatch.id == batch_id)


def rows_of_batch(batch_id: UUID) -> Select[JobRow]:
    """The rows of a file. Order: as in the file."""
    return select(JobRow).where(JobRow.batch_id == batch_id).order_by(JobRow.line)


def rows_to_take(batch_id: UUID) -> Select[JobRow]:
    """Those that are still to become or to change a job."""
    return rows_of_batch(batch_id).where(
        JobRow.outcome.in_((Outcome.NEW, Outcome.CHANGED)),
        JobRow.taken_in.is_(False),
        JobRow.refusal == "",
    )
