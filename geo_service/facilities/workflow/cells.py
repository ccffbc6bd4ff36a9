"""What a draft puts into the columns of listing, space and facility, as COPY takes it."""

from collections.abc import Collection
from struct import Struct
from uuid import UUID

import orjson

from geo_service.facilities.schemas import Decision, Draft
from geo_service.geo.cells import cell_of
from geo_service.geo.place import Place
from geo_service.hours.week import Spans

Cell = str | int | float | None

LISTING = {
    "title": "text",
    "address": "text",
    "area_id": "int",
    "office_id": "uuid",
    "open_week": "int4multirange",
    "closed_days": "text[]",
    "reference_on": "date",
    "essentials": "jsonb",
    "place": "geography",
    "cell": "bigint",
}
"""Columns and their types, in the order of `listing_cells`."""

SPACE = {
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
}
"""The same for `space_cells`."""

FACILITY = {
    "provider": "text",
    "name_key": "text",
    "door": "text",
    "digest": "text",
    "original": "jsonb",
}
"""The same for `facility_cells`; besides, it has the day of its listing."""

_POINT = Struct("<BIIdd")
_LITTLE_ENDIAN, _POINT_WITH_SRID, _WGS84 = 1, 0x20000001, 4326


def listing_cells(draft: Draft, office: UUID) -> tuple[Cell, ...]:
    """The cells of `LISTING`."""
    place = draft.place
    assert place is not None  # noqa: S101 (without a place it is held back)
    return (
        draft.title,
        draft.address,
        draft.area_id,
        office.hex,
        _multirange(draft.open_week),
        _array(draft.closed_days),
        day_cell(draft),
        json_cell(essentials_of(draft)),
        _point(place),
        cell_of(place),
    )


def space_cells(draft: Draft) -> tuple[Cell, ...]:
    """The cells of `SPACE`."""
    return (
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
    )


def facility_cells(decision: Decision) -> tuple[Cell, ...]:
    """The cells of `FACILITY`."""
    draft = decision.draft
    original = json_cell(draft.original)
    return draft.provider, draft.name_key, draft.door, decision.digest, original


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


def day_cell(draft: Draft) -> Cell:
    """The day for which the row vouches."""
    return draft.reference_on.isoformat() if draft.reference_on else None


def json_cell(value: object) -> str:
    """A value as JSON."""
    return orjson.dumps(value).decode()


def _point(place: Place) -> str:
    """A place in the hexadecimal form of PostGIS (EWKB), which it reads without parsing words."""
    packed = _POINT.pack(_LITTLE_ENDIAN, _POINT_WITH_SRID, _WGS84, place.lng, place.lat)
    return packed.hex()


def _multirange(spans: Spans) -> str:
    return "{" + ",".join(f"[{opens},{closes})" for opens, closes in spans) + "}"


def _array(words: Collection[str]) -> str:
    """An array of text as PostgreSQL writes it."""
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return "{" + ",".join(f'"{word}"' for word in quoted) + "}" if words else "{}"
