"""What a room offers: its hours, fee, size, equipment, and how to book it.

Read only once it is needed: to compare it with what is listed, or to write it.
"""

from decimal import Decimal
from functools import lru_cache

from geo_service.facilities.imports.contacts import read_homepage
from geo_service.facilities.imports.fees import read_fee
from geo_service.facilities.imports.reader import Reader
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.imports.sizes import read_number
from geo_service.facilities.imports.times import read_times
from geo_service.facilities.imports.words import fit, something
from geo_service.facilities.schemas import Draft

_FIELDS = (
    "weekday_from", "weekday_to", "saturday_from", "saturday_to", "sunday_from", "sunday_to",
    "closed", "paid", "fee_hours", "fee", "more_hours", "more_fee", "booking", "equipment",
    "capacity", "seats", "area", "homepage",
)  # fmt: skip

_MOST_PEOPLE = 100_000
_LEAST_M2, _MOST_M2 = Decimal("0.01"), Decimal(9_999_999)


class Offers:
    """Reads what the rooms of a file offer."""

    def __init__(self, places: dict[str, list[int]]) -> None:
        self._read = Reader(places, _FIELDS)
        self._tells_sundays = "sunday_from" in places

    def __call__(self, draft: Draft) -> None:
        """Put into the draft what its row says."""
        (
            weekday_from, weekday_to, saturday_from, saturday_to, sunday_from, sunday_to,
            closed, paid, fee_hours, fee, more_hours, more_fee, booking, equipment,
            capacity, seats, area, homepage,
        ) = self._read(tuple(draft.original.values()))  # fmt: skip
        saturday = (saturday_from, saturday_to)
        sunday = (sunday_from, sunday_to) if self._tells_sundays else saturday
        _times(draft, (weekday_from, weekday_to), saturday, sunday, closed)
        draft.fee_words, draft.fee_won, draft.fee_minutes = read_fee(
            paid, fee_hours, fee, more_hours, more_fee
        )
        draft.how_to_book = fit(something(booking), 500)
        draft.equipment = read_things(equipment)
        draft.capacity = _capacity(draft, capacity or seats)
        draft.area_m2 = _area(draft, area)
        draft.homepage, repair = read_homepage(homepage)
        if repair:
            draft.repairs.append(repair)


def _times(
    draft: Draft,
    weekday: tuple[str, str],
    saturday: tuple[str, str],
    sunday: tuple[str, str],
    closed: str,
) -> None:
    times = read_times(weekday, saturday, sunday, closed)
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
    return round(area, 2) if area and _LEAST_M2 <= area <= _MOST_M2 else None


def _number(draft: Draft, column: str, cell: str) -> Decimal | None:
    if not something(cell):
        return None
    number = read_number(cell)
    if number is None:
        draft.repairs.append(because("number-dropped", column=column, found=cell))
    return number


@lru_cache(maxsize=1 << 12)
def read_things(cell: str) -> tuple[str, ...]:
    """Equipment, one by one; kept, as rooms of one building have the same."""
    if not cell:
        return ()
    things = (thing.strip() for thing in cell.replace("+", ",").replace("/", ",").split(","))
    return tuple(fit(thing, 140) for thing in dict.fromkeys(things) if something(thing))[:50]
