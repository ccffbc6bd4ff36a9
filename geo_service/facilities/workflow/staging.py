"""Thousands of rows cross to PostgreSQL by COPY: new ones straight into their tables.

PostgreSQL writes them while the next are still being put into words. What changes rows that are
there goes through the temporary table `imported`.
"""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID, uuid4

from psycopg import Connection
from sqlalchemy.orm import Session

from geo_service.facilities.models import ImportBatch, Outcome
from geo_service.facilities.schemas import Decision, Draft
from geo_service.facilities.workflow.cells import (
    FACILITY,
    LISTING,
    SPACE,
    Cell,
    day_cell,
    facility_cells,
    json_cell,
    listing_cells,
    space_cells,
)
from geo_service.facilities.workflow.offices import reference_of

_IMPORTED = {"facility_id": "int", "space_id": "uuid", **LISTING, **SPACE, **FACILITY}

_IDENTITY = ("provider_key", "key", "ordinal")

_CREATE = f"""
    DROP TABLE IF EXISTS pg_temp.imported;
    CREATE TEMPORARY TABLE imported ({", ".join(f"{c} {t}" for c, t in _IMPORTED.items())})
    ON COMMIT DROP
"""


def add(
    session: Session,
    batch: ImportBatch,
    decisions: Iterable[Decision],
    offices: Mapping[str, UUID],
) -> None:
    """Write the listings, spaces and facilities of rooms that are new, settling each."""
    new = [(uuid4().hex, decision, decision.draft) for decision in decisions]
    published = ("space", "", batch.imported_at.isoformat(), batch.dataset)
    from_file = (batch.dataset, batch.id)
    _copy(
        session,
        "listing",
        ("id", "kind", "summary", "published_at", "source", *LISTING),
        (
            (key, *published, *listing_cells(draft, offices[reference_of(draft)]))
            for key, draft in _settled(new)
        ),
    )
    _copy(session, "space", ("id", *SPACE), ((key, *space_cells(draft)) for key, _, draft in new))
    _copy(
        session,
        "facility",
        ("space_id", "dataset", "added_in", *_IDENTITY, "reference_on", *FACILITY),
        (
            (key, *from_file, *_identity(decision), day_cell(draft), *facility_cells(decision))
            for key, decision, draft in new
        ),
    )


def _settled(new: Iterable[tuple[str, Decision, Draft]]) -> Iterator[tuple[str, Draft]]:
    """The drafts, each settled when it is asked for."""
    for key, decision, draft in new:
        decision.settle()
        yield key, draft


def _identity(decision: Decision) -> tuple[Cell, ...]:
    """The cells of `_IDENTITY`."""
    return decision.draft.provider_key, decision.draft.key, decision.ordinal


def stage(session: Session, decisions: Iterable[Decision], offices: Mapping[str, UUID]) -> None:
    """Put what describes rooms anew into the temporary table `imported`."""
    with _driver(session).cursor() as cursor:
        cursor.execute(_CREATE)
    _copy(
        session,
        "imported",
        _IMPORTED,
        (
            (
                known.id,
                known.space_id.hex,
                *listing_cells(decision.draft, offices[reference_of(decision.draft)]),
                *space_cells(decision.draft),
                *facility_cells(decision),
            )
            for decision in decisions
            if (known := decision.known)
        ),
    )


def keep_rows(session: Session, batch: int, decisions: Iterable[Decision]) -> None:
    """Keep how the rows ended of which there is something to say."""
    columns = ("batch_id", "line", "outcome", "name", "key", "reasons", "original")
    told = (_kept(batch, decision) for decision in decisions if decision.reasons)
    _copy(session, "import_row", columns, told)


def _kept(batch: int, decision: Decision) -> tuple[Cell, ...]:
    entry = decision.entry
    unkept = entry.outcome in (Outcome.HELD_BACK, Outcome.REFUSED)
    original = json_cell(decision.draft.original) if unkept else None
    reasons = json_cell([tuple(reason) for reason in entry.reasons])
    return batch, entry.line, entry.outcome.value, entry.name, entry.key, reasons, original


def _copy(
    session: Session, table: str, columns: Iterable[str], rows: Iterable[tuple[Cell, ...]]
) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with _driver(session).cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _driver(session: Session) -> Connection[object]:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)  # noqa: S101 (there is no other driver)
    return connection
