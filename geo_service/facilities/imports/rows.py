"""One row of a file becomes one draft. Pure: what needs other rows or the database comes later."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from geo_service.facilities.files import Table
from geo_service.facilities.imports.addresses import read_address
from geo_service.facilities.imports.contacts import read_homepage, read_phone
from geo_service.facilities.imports.coordinates import read_point
from geo_service.facilities.imports.datasets import Dataset
from geo_service.facilities.imports.fees import read_fee
from geo_service.facilities.imports.names import name_room
from geo_service.facilities.imports.providers import provider_key
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.imports.sizes import read_date, read_number
from geo_service.facilities.imports.times import read_times
from geo_service.facilities.imports.types import read_type
from geo_service.facilities.imports.words import (
    LEFT_OUT,
    fit,
    mentions_mobile,
    something,
    tidy_row,
    without_mobiles,
)
from geo_service.facilities.schemas import Draft, Reason

Cells = dict[str, str]
"""Field to what its cell says; fields that the file does not have are missing."""

_MOST_PEOPLE = 100_000
_MOST_M2 = Decimal(9_999_999)


def drafts_of(
    table: Table, dataset: Dataset, *, provider: str | None, reference_on: date | None
) -> Iterator[Draft]:
    """Every row as a draft, in the order of the file; broken rows are refused.

    `provider` and `reference_on` stand in where a row does not tell its own.
    """
    places = dataset.columns_of(table)
    read = _reader(places)
    rows = sorted([*table.rows, *table.broken]) if table.broken else table.rows
    width = len(table.columns)
    for row in rows:
        cells = tidy_row(row.cells)
        line = " ".join(cells)
        if mentions_mobile(line):
            cells = tuple(map(without_mobiles, cells))
        original = dict(zip(table.columns, cells, strict=False))
        draft = Draft(row.line, original, "")
        if len(cells) == width:
            _interpret(draft, read(cells), dataset, provider, reference_on)
        else:
            original.update((f"{n}번째 칸", cell) for n, cell in enumerate(cells, 1) if n > width)
            draft.faults.append(because("wrong-length", found=len(cells), expected=width))
        yield draft


def _reader(places: dict[str, list[int]]) -> Callable[[tuple[str, ...]], Cells]:
    """Cells by field; the first filled one where a field has several columns."""
    single = [(field, found[0]) for field, found in places.items() if len(found) == 1]
    several = [(field, found) for field, found in places.items() if len(found) > 1]

    def read(cells: tuple[str, ...]) -> Cells:
        told = {field: cells[place] for field, place in single}
        for field, found in several:
            told[field] = next((cells[place] for place in found if cells[place]), "")
        return told

    return read


def _interpret(
    draft: Draft, cells: Cells, dataset: Dataset, provider: str | None, reference_on: date | None
) -> None:
    get = cells.get
    draft.provider = get("provider") or provider or _region(cells)
    draft.space_type, corrected = read_type(something(get("type", "")) or dataset.space_type)
    if corrected:
        found = get("type", "")
        draft.repairs.append(because("type-corrected", found=found, meant=draft.space_type))
    draft.space_type = fit(draft.space_type, 60)
    facility, room = something(get("facility", "")), something(get("room", ""))
    draft.provider = fit(draft.provider, 140)
    draft.provider_key = provider_key(draft.provider)
    draft.office_name = fit(something(get("institution", "")) or draft.provider, 140)
    _address(draft, cells)
    names = name_room(facility, room, draft.space_type, draft.sigungu)
    draft.title, draft.facility = names.title, names.building
    draft.key = f"{draft.provider_key}/{names.identity}"
    draft.name_key = names.key
    _point(draft, cells)
    _times(draft, cells)
    fee = read_fee(
        *(get(name, "") for name in ("paid", "fee_hours", "fee", "more_hours", "more_fee"))
    )
    draft.fee_words, draft.fee_won, draft.fee_minutes = fee
    draft.how_to_book = fit(something(get("booking", "")), 500)
    draft.equipment = _things(get("equipment", ""))
    draft.capacity = _capacity(draft, get("capacity", "") or get("seats", ""))
    draft.area_m2 = _area(draft, get("area", ""))
    phone = read_phone(get("phone", ""), draft.sido)
    draft.phone = _contact(draft, *phone)
    if phone.repair and phone.repair.code == "mobile-dropped":
        _forget(draft, get("phone", ""))
    draft.homepage = _contact(draft, *read_homepage(get("homepage", "")))
    draft.reference_on = _reference(draft, get("reference", "")) or reference_on
    if not draft.title:
        draft.faults.append(because("no-name"))
    if not draft.provider:
        draft.faults.append(because("no-provider"))
    if not draft.address:
        draft.faults.append(because("no-address"))


def _region(cells: Cells) -> str:
    """A library that names no provider belongs to its district."""
    return f"{cells.get('sido', '')} {cells.get('sigungu', '')}".strip()


def _address(draft: Draft, cells: Cells) -> None:
    by_road, by_lot = (
        something(cells.get("road_address", "")),
        something(cells.get("lot_address", "")),
    )
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


def _point(draft: Draft, cells: Cells) -> None:
    point = read_point(cells.get("lat", ""), cells.get("lng", ""))
    draft.place, draft.swapped = point.place, point.swapped
    if point.doubt:
        draft.doubts.append(point.doubt)


def _times(draft: Draft, cells: Cells) -> None:
    get = cells.get
    weekday = (get("weekday_from", ""), get("weekday_to", ""))
    saturday = (get("saturday_from", ""), get("saturday_to", ""))
    sunday = saturday
    if "sunday_from" in cells:
        sunday = (cells["sunday_from"], get("sunday_to", ""))
    times = read_times(weekday, saturday, sunday, get("closed", ""))
    draft.hours_words, draft.open_week = times.hours_words, times.open_week
    draft.closed_words, draft.closed_days = times.closed_words, times.closed_days
    if not times.closed_understood:
        draft.repairs.append(because("closed-days-unread", found=draft.closed_words))
    if not times.understood:
        draft.repairs.append(because("hours-unread", found=draft.hours_words))


def _capacity(draft: Draft, cell: str) -> int | None:
    people = _number(draft, "수용인원", cell)
    return int(people) if people and 1 <= people <= _MOST_PEOPLE else None


def _area(draft: Draft, cell: str) -> Decimal | None:
    area = _number(draft, "면적", cell)
    return round(area, 2) if area and Decimal("0.01") <= area <= _MOST_M2 else None


def _number(draft: Draft, column: str, cell: str) -> Decimal | None:
    if not something(cell):
        return None
    number = read_number(cell)
    if number is None:
        draft.repairs.append(because("number-dropped", column=column, found=cell))
    return number


def _reference(draft: Draft, cell: str) -> date | None:
    if not cell:
        return None
    day = read_date(cell)
    if day is None:
        draft.repairs.append(because("date-dropped", found=cell))
    return day


def _contact(draft: Draft, value: str | None, repair: Reason | None) -> str | None:
    if repair is not None:
        draft.repairs.append(repair)
    return value


def _forget(draft: Draft, number: str) -> None:
    """A number that only the reader of telephones knew for a person's."""
    draft.original = {
        column: LEFT_OUT if cell == number else cell for column, cell in draft.original.items()
    }


def _things(cell: str) -> list[str]:
    """Equipment, one by one."""
    if not cell:
        return []
    things = (thing.strip() for thing in cell.replace("+", ",").replace("/", ",").split(","))
    return [fit(thing, 140) for thing in dict.fromkeys(things) if something(thing)][:50]
