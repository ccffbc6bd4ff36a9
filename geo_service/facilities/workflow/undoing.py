"""A batch is undone: everything is as it was before it, but for what people hold on to.

A room that somebody booked is closed and kept, with its bookings; an office that somebody works
for, or has written for, stays.
"""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
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


HOLD_A_ROOM = ("booking", "booking_claim", "booking_series", "booking_waiting")
"""The tables in which somebody holds on to a room."""

HOLD_AN_OFFICE = (
    "benefit", "booking_strike", "invitation", "job_batch", "listing", "meeting_rule",
    "programme", "staff", "watch_activity", "watch_terms", "watcher",
)  # fmt: skip
"""The same for an office."""


def _nobody_holds(row: str, column: str, tables: Iterable[str]) -> str:
    """The SQL condition that a row of `listing` or `office` is named in none of these tables."""
    return " AND ".join(
        f"NOT EXISTS (SELECT FROM {table} WHERE {table}.{column} = {row}.id)" for table in tables
    )


_REMOVE = text(f"""
    DELETE FROM listing USING facility
    WHERE listing.id = facility.space_id AND added_in = :batch
        AND {_nobody_holds("listing", "space_id", HOLD_A_ROOM)}
""")  # noqa: S608 (names of our own tables)

_CLOSE = (
    text("""
        UPDATE listing SET closed_at = coalesce(closed_at, :now) FROM facility
        WHERE listing.id = space_id AND added_in = :batch
    """),
    text("""
        UPDATE facility SET gone_on = coalesce(gone_on, reference_on, CAST(:today AS date))
        WHERE added_in = :batch
    """),
)
"""As if the next file no longer named them: one that does opens them again."""

_FORGET = text("DELETE FROM facility_change WHERE batch_id = :batch")

_LEAVE = text(f"""
    DELETE FROM office
    WHERE id = ANY(:offices) AND {_nobody_holds("office", "office_id", HOLD_AN_OFFICE)}
""")  # noqa: S608 (names of our own tables)


def undo(session: Session, batch_id: int) -> Undone:
    """Remove what a batch added, restore what it changed, reopen what it closed.

    Rooms that somebody booked are closed instead of removed.

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
    added, at = count_added(session, batch_id), now()
    session.execute(_REMOVE, {"batch": batch_id})
    kept = count_added(session, batch_id)
    if kept:
        values = {"batch": batch_id, "now": at, "today": at.astimezone(KOREA).date()}
        for closing in _CLOSE:
            session.execute(closing, values)
    session.execute(_FORGET, {"batch": batch_id})
    session.execute(_LEAVE, {"offices": batch.office_ids})
    batch.undone_at = at
    return Undone(
        batch=batch_id,
        removed=added - kept,
        kept=kept,
        restored=done.get(Change.CHANGED, 0),
        reopened=done.get(Change.VANISHED, 0),
    )
