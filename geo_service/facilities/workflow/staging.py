"""A temporary table of everything an import will write, filled by COPY.

Thousands of rows cross to PostgreSQL in one stream, and become listings in a few statements.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

import orjson
from psycopg import Connection
from sqlalchemy.orm import Session

from geo_service.facilities.models import Outcome
from geo_service.facilities.schemas import Decision, Draft
from geo_service.facilities.workflow.offices import reference_of
from geo_service.geo.cells import cell_of
from geo_service.hours.week import Spans

_COLUMNS = {
    "facility_id": "int",
    "space_id": "uuid",
    "office_id": "uuid",
    "area_id": "int",
    "lat": "float8",
    "lng": "float8",
    "cell": "bigint",
    "title": "text",
    "address": "text",
    "open_week": "int4multirange",
    "closed_days": "text[]",
    "reference_on": "date",
    "essentials": "jsonb",
    "facility": "text",
    "space_type": "text",
    "capacity": "int",
    "area_m2": "numeric",
    "equipment": "text[]",
    "hours_words": "text",
    "closed_words": "text",
    "fee_words": "text",
    "fee_won": "int",
    "fee_minutes": "int",
    "how_to_book": "text",
    "phone": "text",
    "homepage": "text",
    "provider": "text",
    "provider_key": "text",
    "key": "text",
    "ordinal": "int",
    "name_key": "text",
    "door": "text",
    "digest": "text",
    "original": "jsonb",
}

_CREATE = f"""
    DROP TABLE IF EXISTS pg_temp.imported;
    CREATE TEMPORARY TABLE imported ({", ".join(f"{c} {t}" for c, t in _COLUMNS.items())})
    ON COMMIT DROP
"""

_COPY = f"COPY imported ({', '.join(_COLUMNS)}) FROM STDIN"

_COPY_ROWS = "COPY import_row (batch_id, line, outcome, name, key, reasons, original) FROM STDIN"

Cell = str | int | float | None


def stage(session: Session, decisions: Iterable[Decision], offices: Mapping[str, UUID]) -> None:
    """Put what will be written into the temporary table `imported`."""
    with _driver(session).cursor() as cursor:
        cursor.execute(_CREATE)
        with cursor.copy(_COPY) as copy:
            for decision in decisions:
                copy.write_row(_row(decision, offices[reference_of(decision.draft)]))


def keep_rows(session: Session, batch: int, decisions: Iterable[Decision]) -> None:
    """Keep how every row ended."""
    with _driver(session).cursor() as cursor, cursor.copy(_COPY_ROWS) as copy:
        for decision in decisions:
            copy.write_row(_kept(batch, decision))


def _driver(session: Session) -> Connection[object]:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, Connection)  # noqa: S101 (there is no other driver)
    return connection


def _row(decision: Decision, office: UUID) -> tuple[Cell, ...]:
    """The cells of `_COLUMNS`, in their order."""
    draft, known, place = decision.draft, decision.known, decision.draft.place
    assert place is not None  # noqa: S101 (without a place it is held back)
    return (
        known.id if known else None,
        str(known.space_id if known else uuid4()),
        str(office),
        draft.area_id,
        place.lat,
        place.lng,
        cell_of(place),
        draft.title,
        draft.address,
        _multirange(draft.open_week),
        _array(draft.closed_days),
        draft.reference_on.isoformat() if draft.reference_on else None,
        _json(essentials_of(draft)),
        draft.facility,
        draft.space_type,
        draft.capacity,
        None if draft.area_m2 is None else str(draft.area_m2),
        _array(draft.equipment),
        draft.hours_words,
        draft.closed_words,
        draft.fee_words,
        draft.fee_won,
        draft.fee_minutes,
        draft.how_to_book,
        draft.phone,
        draft.homepage,
        draft.provider,
        draft.provider_key,
        draft.key,
        decision.ordinal,
        draft.name_key,
        draft.door,
        decision.digest,
        _json(draft.original),
    )


def essentials_of(draft: Draft) -> dict[str, object]:
    """What `Space.tell` would say: rows that arrive by COPY pass no flush."""
    return {
        "facility": draft.facility,
        "space_type": draft.space_type,
        "capacity": draft.capacity,
        "area_m2": None if draft.area_m2 is None else float(draft.area_m2),
        "hours_words": draft.hours_words,
        "fee_words": draft.fee_words,
        "fee_won": draft.fee_won,
        "fee_minutes": draft.fee_minutes,
        "phone": draft.phone,
    }


def _kept(batch: int, decision: Decision) -> tuple[Cell, ...]:
    entry = decision.entry
    unkept = entry.outcome in (Outcome.HELD_BACK, Outcome.REFUSED)
    original = _json(decision.draft.original) if unkept else None
    reasons = _json([tuple(reason) for reason in entry.reasons])
    return batch, entry.line, entry.outcome.value, entry.name, entry.key, reasons, original


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _multirange(spans: Spans) -> str:
    return "{" + ",".join(f"[{opens},{closes})" for opens, closes in spans) + "}"


def _array(words: Iterable[str]) -> str:
    """An array of text as PostgreSQL writes it."""
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return "{" + ",".join(f'"{word}"' for word in quoted) + "}"
