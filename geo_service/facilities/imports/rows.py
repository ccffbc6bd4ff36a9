"""One row of a file becomes one draft: which room it is, and where. Pure.

What it offers is read later, by `offers`; what needs other rows or the database comes after.
"""

from collections.abc import Iterator
from datetime import date

from geo_service.facilities.files import Table
from geo_service.facilities.imports.addresses import read_address
from geo_service.facilities.imports.contacts import read_phone
from geo_service.facilities.imports.coordinates import read_point
from geo_service.facilities.imports.datasets import Dataset
from geo_service.facilities.imports.names import name_room
from geo_service.facilities.imports.offers import Offers
from geo_service.facilities.imports.providers import provider_key
from geo_service.facilities.imports.reader import Reader
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.imports.sizes import read_date
from geo_service.facilities.imports.types import read_type
from geo_service.facilities.imports.words import (
    LEFT_OUT,
    fit,
    in_one_line,
    is_tidy,
    mentions_mobile,
    something,
    tidy,
    without_mobiles,
)
from geo_service.facilities.schemas import Draft, Reason

_FIELDS = (
    "provider", "sido", "sigungu", "type", "facility", "room", "institution",
    "road_address", "lot_address", "lat", "lng", "phone", "reference",
)  # fmt: skip

_LONGEST_NAME = 300
"""In letters: the key of a room, provider and both names, has to fit into an index."""

_NAME_TOO_LONG = Reason("name-too-long", f"시설이나 장소 이름이 {_LONGEST_NAME}자를 넘습니다.")


def drafts_of(
    table: Table, dataset: Dataset, *, provider: str | None, reference_on: date | None
) -> Iterator[Draft]:
    """Every row as a draft, in the order of the file; broken rows are refused.

    `provider` and `reference_on` stand in where a row does not tell its own.
    """
    places = dataset.columns_of(table)
    read, offers = Reader(places, _FIELDS), Offers(places)
    rows = sorted([*table.rows, *table.broken]) if table.broken else table.rows
    columns, width = table.columns, len(table.columns)
    for row in rows:
        cells, line = row.cells, in_one_line(row.cells)
        if not is_tidy(line):
            cells = tuple(map(tidy, cells))
            line = in_one_line(cells)
        if mentions_mobile(line):
            cells = tuple(map(without_mobiles, cells))
        original = dict(zip(columns, cells, strict=False))
        draft = Draft(row.line, original, "")
        if len(cells) == width:
            _interpret(draft, read(cells), dataset, provider or "")
            draft.reference_on = draft.reference_on or reference_on
            draft.unread = offers
        else:
            original.update((f"{n}번째 칸", cell) for n, cell in enumerate(cells, 1) if n > width)
            draft.faults.append(because("wrong-length", found=len(cells), expected=width))
        yield draft


def _interpret(draft: Draft, cells: tuple[str, ...], dataset: Dataset, sender: str) -> None:
    (
        provider, sido, sigungu, sort, facility, room, institution,
        by_road, by_lot, lat, lng, phone, reference,
    ) = cells  # fmt: skip
    # A library that names no provider belongs to its district.
    draft.provider = fit(provider or sender or f"{sido} {sigungu}".strip(), 140)
    draft.provider_key = provider_key(draft.provider)
    draft.office_name = fit(something(institution) or draft.provider, 140)
    space_type, corrected = read_type(something(sort) or dataset.space_type)
    if corrected:
        draft.repairs.append(because("type-corrected", found=sort, meant=space_type))
    draft.space_type = fit(space_type, 60)
    _address(draft, something(by_road), something(by_lot))
    names = name_room(something(facility), something(room), draft.space_type, draft.sigungu)
    draft.title, draft.facility = names.title, names.building
    draft.key = f"{draft.provider_key}/{names.identity}"
    draft.name_key = names.key
    draft.place, doubt, draft.swapped = read_point(lat, lng)
    if doubt:
        draft.doubts.append(doubt)
    _phone(draft, phone)
    draft.reference_on = _reference(draft, reference)
    if not draft.title:
        draft.faults.append(because("no-name"))
    elif len(facility) > _LONGEST_NAME or len(room) > _LONGEST_NAME:
        draft.faults.append(_NAME_TOO_LONG)
    if not draft.provider:
        draft.faults.append(because("no-provider"))
    if not draft.address:
        draft.faults.append(because("no-address"))


def _address(draft: Draft, by_road: str, by_lot: str) -> None:
    address = read_address(by_road or by_lot)
    if by_road and not address.door and address.lot:
        draft.repairs.append(because("lot-in-road"))
    if address.respaced:
        draft.repairs.append(because("spaced-address", found=address.text))
    draft.address = address.text
    draft.sido, draft.sigungu = address.sido, address.sigungu
    draft.dong = address.dong
    if by_road and by_lot and not draft.dong:
        draft.dong = read_address(by_lot).dong
    _fill_district(draft)
    draft.address = fit(draft.address, 300)
    if address.door:
        draft.door = f"{draft.sido} {draft.sigungu} {address.door}"


def _fill_district(draft: Draft) -> None:
    """What an address leaves out in front is the provider's, as far as the two agree."""
    if (draft.sido and draft.sigungu) or not draft.address:
        return
    provider = read_address(draft.provider)
    if not provider.sigungu:
        return
    head, _, rest = draft.address.partition(" ")
    if not draft.sigungu and draft.sido in ("", provider.sido):
        filled = provider.sigungu
        draft.address = (
            f"{head} {filled} {rest}" if draft.sido else f"{provider.text} {draft.address}"
        )
    elif not draft.sido and draft.sigungu.split(" ")[0] == provider.sigungu.split(" ")[0]:
        filled = provider.text.split(" ")[0]
        draft.address = f"{filled} {draft.address}"
    else:
        return
    draft.sido, draft.sigungu = provider.sido, draft.sigungu or provider.sigungu
    draft.repairs.append(because("district-filled", district=filled))


def _phone(draft: Draft, cell: str) -> None:
    draft.phone, repair = read_phone(cell, draft.sido)
    if repair:
        draft.repairs.append(repair)
        if repair.code == "mobile-dropped":
            _forget(draft, cell)


def _reference(draft: Draft, cell: str) -> date | None:
    day = read_date(cell) if cell else None
    if cell and day is None:
        draft.repairs.append(because("date-dropped", found=cell))
    return day


def _forget(draft: Draft, number: str) -> None:
    """A number that only the reader of telephones knew for a person's."""
    draft.original = {
        column: LEFT_OUT if cell == number else cell for column, cell in draft.original.items()
    }
