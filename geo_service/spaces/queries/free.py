"""When a space is free: what its door, its bookings and its terms leave over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.spaces.models import WHOLE, Terms
from geo_service.spaces.queries.opening import Window, korean_day, midnight, open_windows
from geo_service.spaces.queries.taken import IN_THE_WAY, in_the_way_of
from geo_service.spaces.queries.tree import LINEAGE

NEAREST_DAYS = 4
"""A time that is further away than this is no longer near the wish."""


@dataclass(frozen=True)
class Free:
    """The free time of a space over some days."""

    terms: Terms
    by_unit: dict[int, list[Window]]
    """Of each desk, or of the whole: apart from each other, by time, none shorter than allowed."""

    @cached_property
    def windows(self) -> list[Window]:
        """What one may have from beginning to end without changing desks; order: by time."""
        kept: list[Window] = []
        longest_first = {w for windows in self.by_unit.values() for w in windows}
        for window in sorted(longest_first, key=lambda w: (w[0], -w[1].timestamp())):
            if not kept or window[1] > kept[-1][1]:
                kept.append(window)
        return kept

    def slots(self, minutes: int) -> Iterator[Window]:
        """Every time of that length that can be booked; order: by time."""
        length, step = timedelta(minutes=minutes), timedelta(minutes=self.terms.step_minutes)
        last: datetime | None = None
        for begins, ends in self.windows:
            start = begins if last is None else max(begins, last + step)
            while start + length <= ends:
                yield (start, start + length)
                last, start = start, start + step

    def nearest(self, begins: datetime, ends: datetime, count: int = 3) -> list[Window]:
        """As long as wished, and begun as near to the wish as may be; order: by time."""
        minutes = int((ends - begins).total_seconds()) // 60
        near = nsmallest(count, self.slots(minutes), key=lambda slot: abs(slot[0] - begins))
        return sorted(near)


@dataclass(frozen=True, slots=True)
class Look:
    """A moment at which somebody asks when a space is free."""

    terms: Terms
    at: datetime
    without: UUID | None = None
    """A booking of their own that they want to move: it does not stand in its own way."""
    own: Window | None = None
    """When that booking is: no other time for it."""
    around: Sequence[UUID] | None = None
    """The wholes that the space is a part of, if they are known; order: outwards."""


def free_times(session: Session, look: Look, first: date, days: int) -> Free:
    """What is free from midnight of the first day."""
    terms = look.terms
    opened = open_windows(terms.space, first, days)
    if not (opened and terms.bookable):
        return Free(terms, {})
    around = look.around
    if around is None:
        around = session.scalars(LINEAGE, {"space_id": terms.space_id}).all()[1:]
    before, after = timedelta(minutes=terms.before_minutes), timedelta(minutes=terms.after_minutes)
    during = Range(opened[0][0] - before, opened[-1][1] + after)
    rows = session.execute(
        IN_THE_WAY, in_the_way_of(terms, around, during, at=look.at, without=look.without)
    )
    claims = [(unit if space == terms.space_id else WHOLE, taken) for space, unit, taken in rows]
    return Free(terms, left_over(terms, opened, claims, at=look.at))


def next_slots(session: Session, look: Look, minutes: int, count: int = 3) -> list[Window]:
    """The next times of that length that can be booked; order: by time."""
    today = korean_day(look.at)
    for skipped in range(0, look.terms.ahead_days + 1, NEAREST_DAYS):
        free = free_times(session, look, today + timedelta(days=skipped), NEAREST_DAYS)
        if found := list(islice(free.slots(minutes), count)):
            return found
    return []


def nearest_slots(session: Session, look: Look, wish: Range[datetime]) -> list[Window]:
    """What can be booked nearest to a wish; order: by time."""
    if wish.lower is None or wish.upper is None:
        return []
    first = korean_day(wish.lower) - timedelta(days=NEAREST_DAYS)
    return free_times(session, look, first, 2 * NEAREST_DAYS + 1).nearest(wish.lower, wish.upper)


def units_of(terms: Terms) -> Sequence[int]:
    """The numbers under which it is booked."""
    return range(1, terms.units + 1) if terms.units > 1 else (WHOLE,)


def left_over(
    terms: Terms,
    opened: Iterable[Window],
    claims: Iterable[tuple[int, Range[datetime]]],
    *,
    at: datetime,
) -> dict[int, list[Window]]:
    """Of each unit, what its claims and the terms leave of the open time."""
    step, shortest = timedelta(minutes=terms.step_minutes), timedelta(minutes=terms.min_minutes)
    before, after = timedelta(minutes=terms.before_minutes), timedelta(minutes=terms.after_minutes)
    earliest, latest = bookable_between(terms, at)
    claims = list(claims)
    left = {}
    for unit_no in units_of(terms):
        taken = [
            ((range_.lower or earliest) - after, range_.upper and range_.upper + before)
            for number, range_ in claims
            if number in (unit_no, WHOLE)
        ]
        windows = (
            (stepped(max(begins, earliest), step), min(ends, latest))
            for begins, ends in _without(opened, sorted(taken, key=lambda cut: cut[0]))
        )
        left[unit_no] = [window for window in windows if window[1] - window[0] >= shortest]
    return left


def bookable_between(terms: Terms, at: datetime) -> Window:
    """From when until when one may book at this moment."""
    last_day = korean_day(at) + timedelta(days=terms.ahead_days + 1)
    return at + timedelta(minutes=terms.notice_minutes), midnight(last_day)


def stepped(moment: datetime, step: timedelta) -> datetime:
    """The same or the next moment at which a booking may begin, in Korea's time."""
    here = moment.astimezone(KOREA)
    return here + (midnight(here.date()) - here) % step


def _without(
    opened: Iterable[Window], taken: Sequence[tuple[datetime, datetime | None]]
) -> Iterator[Window]:
    for begins, ends in opened:
        start = begins
        for cut_from, cut_until in taken:
            if cut_from >= ends:
                break
            if cut_from > start:
                yield (start, cut_from)
            if cut_until is None:
                start = ends
                break
            start = max(start, cut_until)
        if start < ends:
            yield (start, ends)
