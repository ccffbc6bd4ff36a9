"""What becomes of jobs later."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.errors import Invalid, Problem
from geo_service.jobs.models import JobBatch, JobRow, JobState
from geo_service.jobs.queries import rows_to_take
from geo_service.jobs.schemas.forms import Publish
from geo_service.jobs.schemas.rows import checked
from geo_service.jobs.workflow import publish, purge
from geo_service.jobs.workflow.batches import TAKE_IN, take_in
from geo_service.jobs.workflow.drafts import PURGE
from geo_service.later import Payload, task

AT_ONCE = 25
"""Rows of a file that are taken in before others may see how far it is."""


class RowIsBad(Invalid):
    """Something in this row is wrong."""

    korean = "잘못 적은 곳이 있어요."


@task(PURGE)
def purge_removed(session: Session, payload: Payload, _at: datetime) -> None:
    """Let a removed draft be gone for good."""
    purge(session, UUID(payload["job"]))


@task(TAKE_IN)
def take_in_rows(session: Session, payload: Payload, at: datetime) -> None:
    """Take in the next rows of a file, and queue itself for those after them."""
    batch = session.get(JobBatch, UUID(payload["batch"]), with_for_update={"of": JobBatch})
    if batch is None or batch.finished_at is not None:
        return
    rows = session.scalars(rows_to_take(batch.id).limit(AT_ONCE)).all()
    for row in rows:
        _take_in(session, row, batch, at)
    if len(rows) == AT_ONCE:
        later.queue(session, TAKE_IN, payload, key=f"{TAKE_IN}:{batch.id}")
    else:
        batch.finished_at = max(at, batch.begun_at or at)


def _take_in(session: Session, row: JobRow, batch: JobBatch, at: datetime) -> None:
    told = checked(row.cells).value
    try:
        with session.begin_nested():
            if told is None:
                raise RowIsBad
            job = take_in(session, row, batch, told.offer(), at=at)
            if told.publish is Publish.NOW and job.state is JobState.DRAFT:
                publish(session, job, at=at)
    except Problem as problem:
        session.refresh(row)
        row.refusal = (problem.korean or problem.title())[:300]
