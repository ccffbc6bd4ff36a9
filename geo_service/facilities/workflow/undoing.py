"""A batch is undone: everything is as it was before it."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.errors import Conflict, NotFound
from geo_service.facilities.models import Change, ImportBatch
from geo_service.facilities.queries import changes_by_kind, count_added, later_batch
from geo_service.facilities.schemas import Undone
from geo_service.facilities.workflow.snapshots import PUT_BACK
from geo_service.facilities.workflow.turns import expect_many, take_turns


class BatchUnknown(NotFound):
    """There is no such batch."""


class AlreadyUndone(Conflict):
    """This batch has been undone before."""


class LaterBatchTouched(Conflict):
    """A later batch touched the same rooms; undo that one first."""


_REMOVE = text("""
    DELETE FROM listing USING facility WHERE listing.id = space_id AND added_in = :batch
""")

_FORGET = text("DELETE FROM facility_change WHERE batch_id = :batch")

_LEAVE = text("""
    DELETE FROM office
    WHERE id = ANY(:offices) AND NOT EXISTS (SELECT FROM listing WHERE office_id = office.id)
""")


def undo(session: Session, batch_id: int) -> Undone:
    """Remove what a batch added, restore what it changed, reopen what it closed.

    Raises: BatchUnknown, AlreadyUndone, LaterBatchTouched.
    """
    expect_many(session)
    take_turns(session)
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise BatchUnknown(f"{batch_id}번 묶음이 없습니다.", batch=batch_id)
    if batch.undone_at:
        raise AlreadyUndone(f"{batch_id}번 묶음은 이미 되돌렸습니다.", batch=batch_id)
    later = later_batch(session, batch_id)
    if later:
        raise LaterBatchTouched(
            f"{later}번 묶음이 같은 시설을 나중에 고쳤습니다. {later}번을 먼저 되돌려 주세요.",
            batch=batch_id,
            later=later,
        )
    done = changes_by_kind(session, batch_id)
    for statement in PUT_BACK:
        session.execute(text(statement), {"batch": batch_id})
    removed = count_added(session, batch_id)
    session.execute(_REMOVE, {"batch": batch_id})
    session.execute(_FORGET, {"batch": batch_id})
    session.execute(_LEAVE, {"offices": batch.office_ids})
    batch.undone_at = now()
    return Undone(
        batch=batch_id,
        removed=removed,
        restored=done.get(Change.CHANGED, 0),
        reopened=done.get(Change.VANISHED, 0),
    )
