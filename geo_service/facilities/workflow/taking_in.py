"""A plan becomes a batch: its listings, its offices, and what it takes to undo them."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.facilities.models import Change, ImportBatch
from geo_service.facilities.schemas import Plan, Vanished, counts_of
from geo_service.facilities.workflow.cells import FACILITY, LISTING, SPACE
from geo_service.facilities.workflow.offices import offices_of
from geo_service.facilities.workflow.snapshots import remember
from geo_service.facilities.workflow.staging import add, keep_rows, stage


def _from_imported(columns: Iterable[str]) -> str:
    return ", ".join(f"{name} = imported.{name}" for name in columns)


_CHANGE = (
    f"""{remember(Change.CHANGED)} FROM imported
        JOIN facility ON facility.id = facility_id
        JOIN listing ON listing.id = facility.space_id
        JOIN space ON space.id = facility.space_id""",
    f"""UPDATE listing SET {_from_imported(LISTING)},
            closed_at = CASE WHEN gone_on IS NULL THEN closed_at END
        FROM imported JOIN facility ON facility.id = facility_id
        WHERE listing.id = imported.space_id""",  # noqa: S608
    f"""UPDATE space SET {_from_imported(SPACE)}
        FROM imported WHERE space.id = imported.space_id""",  # noqa: S608
    f"""UPDATE facility SET {_from_imported((*FACILITY, "reference_on"))}, gone_on = NULL
        FROM imported WHERE facility.id = facility_id""",  # noqa: S608
)

_VANISH = (
    f"""{remember(Change.VANISHED)} FROM facility
        JOIN listing ON listing.id = facility.space_id
        WHERE facility.id = ANY(:ids)""",
    """UPDATE listing SET closed_at = coalesce(closed_at, :now)
       FROM facility WHERE listing.id = space_id AND facility.id = ANY(:ids)""",
    """UPDATE facility SET gone_on = gone.day
       FROM unnest(CAST(:ids AS int[]), CAST(:days AS date[])) AS gone (id, day)
       WHERE facility.id = gone.id""",
)


AT_ONCE = 1_000
"""So many new rooms are written before anybody is told how far it is."""


def take_in(
    session: Session,
    plan: Plan,
    file: str,
    sha256: str,
    count: Callable[[int], None] = lambda _: None,
) -> int:
    """Write what was planned, and return the number of the batch.

    Listings are published at once and carry the name and the reference day of their dataset.
    How many ended in each outcome is known only when all are written; `count` is told meanwhile
    how many rows are done.
    """
    moment = now()
    batch = ImportBatch(
        dataset=plan.dataset,
        file=file[:300],
        sha256=sha256,
        rows=len(plan.decisions),
        counts={},
        vanished=len(plan.vanished),
        imported_at=moment,
    )
    session.add(batch)
    written = [decision for decision in plan.decisions if decision.writes]
    offices, batch.office_ids = offices_of(session, (each.draft for each in written))
    session.flush()
    new = [decision for decision in written if decision.known is None]
    done = len(plan.decisions) - len(new)
    for first in range(0, len(new), AT_ONCE):
        count(done + first)
        add(session, batch, new[first : first + AT_ONCE], offices)
    count(len(plan.decisions))
    if len(new) < len(written):
        stage(session, written, offices)
        _run(session, _CHANGE, {"batch": batch.id})
    if plan.vanished:
        _vanish(session, plan.vanished, batch.id, moment)
    keep_rows(session, batch.id, plan.decisions)
    batch.counts = counts_of(each.outcome for each in plan.decisions)
    return batch.id


def _vanish(session: Session, vanished: list[Vanished], batch: int, moment: datetime) -> None:
    values = {
        "ids": [each.known.id for each in vanished],
        "days": [each.gone_on for each in vanished],
    }
    _run(session, _VANISH, values | {"batch": batch, "now": moment})


def _run(session: Session, statements: tuple[str, ...], values: dict[str, object]) -> None:
    for statement in statements:
        session.execute(text(statement), values)
