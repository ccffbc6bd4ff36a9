"""When a booking of some length may begin, day by day: for people who choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.spaces.queries.free import Free, Look, bookable_between, free_times, stepped
from geo_service.spaces.queries.opening import Window, korean_day, open_windows

SHOWN_EVERY = 30
"""Minutes between the times that are shown; a finer clock would fill the page."""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Start:
    """A time at which somebody may want to begin."""

    begins: datetime
    ends: datetime
    is_free: bool = True

    @property
    def on(self) -> date:
        """Its day in Korea."""
        return korean_day(self.begins)

    @property
    def hour(self) -> int:
        """Of Korea's clock."""
        return self.begins.astimezone(KOREA).hour

    @property
    def on_the_clock(self) -> str:
        """9:30."""
        here = self.begins.astimezone(KOREA)
        return f"{here.hour}:{here.minute:02}"

    @property
    def local(self) -> str:
        """2026-11-24T09:30, as forms write a moment in Korea's time."""
        return self.begins.astimezone(KOREA).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class DayOfStarts:
    """The times of one day; none where the door stays shut, or it is too soon or too far ahead."""

    on: date
    starts: Sequence[Start]

    @property
    def free(self) -> list[Start]:
        """Those that can be had."""
        return [start for start in self.starts if start.is_free]

    def apart(self, count: int) -> list[Start]:
        """The first of them that do not overlap."""
        kept: list[Start] = []
        for start in self.free:
            if len(kept) < count and (not kept or kept[-1].ends <= start.begins):
                kept.append(start)
        return kept


def starts_of(free: Free, look: Look, first: date, days: int, minutes: int) -> list[DayOfStarts]:
    """Every time of that length that the door and the terms allow, taken or free."""
    step, length = timedelta(minutes=_shown(look.terms.step_minutes)), timedelta(minutes=minutes)
    earliest, latest = bookable_between(look.terms, look.at)
    found: dict[date, list[Start]] = {first + timedelta(days=n): [] for n in range(days)}
    for opens, closes in open_windows(look.terms.space, first, days + 1):
        begins = stepped(opens, step)
        while begins + length <= closes:
            span = (begins, begins + length)
            if begins >= earliest and span[1] <= latest and korean_day(begins) in found:
                is_free = span != look.own and holds(free, span)
                found[korean_day(begins)].append(Start(*span, is_free=is_free))
            begins += step
    return [DayOfStarts(on, starts) for on, starts in found.items()]


def holds(free: Free, span: Window) -> bool:
    """Whether all of it can be had at one desk."""
    return any(window[0] <= span[0] and span[1] <= window[1] for window in free.windows)


def as_starts(windows: Iterable[Window]) -> list[Start]:
    """Free times, to be shown as buttons."""
    return [Start(begins, ends) for begins, ends in windows]


def weekly(session: Session, look: Look, span: Window, times: int) -> tuple[Free, list[Window]]:
    """A span and the same in the weeks after it, and when the space is free all that while."""
    spans = [(span[0] + n * WEEK, span[1] + n * WEEK) for n in range(times)]
    first, last = korean_day(spans[0][0]), korean_day(spans[-1][1])
    return free_times(session, look, first, (last - first).days + 1), spans


def all_weeks_free(session: Session, look: Look, span: Window, times: int) -> list[Window]:
    """Other times of the same day that are free in every week; order: nearest to the wish."""
    free, spans = weekly(session, look, span, times)
    (day,) = starts_of(free, look, korean_day(span[0]), 1, _minutes(span))
    kept = [
        (start.begins, start.ends)
        for start in day.free
        if all(
            holds(free, (start.begins + n * WEEK, start.ends + n * WEEK)) for n in range(len(spans))
        )
    ]
    return sorted(kept, key=lambda other: abs(other[0] - span[0]))


def last_day(look: Look) -> date:
    """The last day that can be booked now."""
    return korean_day(bookable_between(look.terms, look.at)[1] - timedelta(seconds=1))


def first_day(look: Look) -> date:
    """The first one."""
    return korean_day(bookable_between(look.terms, look.at)[0])


def next_free_day(session: Session, look: Look, after: date, minutes: int) -> date | None:
    """The next day from that one on with a time of that length that can be had."""
    day, last = after, last_day(look)
    while day <= last:
        free = free_times(session, look, day, WEEK.days)
        soonest = next(free.slots(minutes), None)
        if soonest is not None:
            return korean_day(soonest[0])
        day += WEEK
    return None


def _shown(step_minutes: int) -> int:
    """The shortest multiple of a step that is not too fine to show."""
    return step_minutes * -(-SHOWN_EVERY // step_minutes)


def _minutes(span: Window) -> int:
    return int((span[1] - span[0]).total_seconds()) // 60
