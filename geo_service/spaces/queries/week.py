"""A week as a table: for each day, which steps of it are free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from itertools import pairwise

from geo_service.spaces.queries.free import Free, stepped
from geo_service.spaces.queries.opening import Window, open_windows


class Cell(StrEnum):
    """What a step of a day is."""

    FREE = auto()
    TAKEN = auto()
    """Open, but somebody has it, or it is too soon, too late or too short a gap."""
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Day:
    """One column of the table."""

    on: date
    cells: dict[datetime, Cell]
    """By their beginning; empty on a day on which the door stays shut."""


def week_table(free: Free, first: date, days: int = 7) -> list[Day]:
    """Every step between the earliest opening and the latest closing of each day."""
    step = timedelta(minutes=free.terms.step_minutes)
    return [_day(free, first + timedelta(days=n), step) for n in range(days)]


def _day(free: Free, on: date, step: timedelta) -> Day:
    opened = open_windows(free.terms.space, on, 1)
    if not opened:
        return Day(on, {})
    start, end = stepped(opened[0][0], step), opened[-1][1]
    starts = [start + step * n for n in range((end - start) // step + 1)]
    cells = {}
    for begins, ends in pairwise(starts):
        if not _inside(begins, ends, opened):
            cells[begins] = Cell.CLOSED
        elif _inside(begins, ends, free.windows):
            cells[begins] = Cell.FREE
        else:
            cells[begins] = Cell.TAKEN
    return Day(on, cells)


def _inside(begins: datetime, ends: datetime, windows: list[Window]) -> bool:
    return any(window[0] <= begins and ends <= window[1] for window in windows)
