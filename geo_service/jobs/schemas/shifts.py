"""The single shifts of a job, as its days and hours make them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.dialects.postgresql import Range

from geo_service.clock import KOREA
from geo_service.hours.closures import tokens_on
from geo_service.hours.week import DAY, WEEK, Span
from geo_service.jobs.models import Job

MOST_SHIFTS = 400
"""More than a year of daily work is not promised at once."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Once to work."""

    on: date
    """The day on which it begins."""
    starts_at: datetime
    ends_at: datetime
    breaks_min: int = 0

    @property
    def minutes(self) -> int:
        """Paid ones."""
        whole = int((self.ends_at - self.starts_at).total_seconds()) // 60
        return max(0, whole - self.breaks_min)


def shifts(job: Job) -> Iterable[Shift]:
    """Every shift of a job, in order; none where its days or hours are not known.

    A night belongs to the day on which it begins. Closed days have no shift.
    """
    if job.works_from is None or job.works_until is None:
        return
    week = whole_nights(job.open_week)
    closed = set(job.closed_days)
    day = job.works_from
    while day <= job.works_until:
        if not closed & tokens_on(day):
            midnight = datetime(day.year, day.month, day.day, tzinfo=KOREA)
            for opens, closes in week:
                begins_on, minute = divmod(opens, DAY)
                if begins_on == day.weekday():
                    starts_at = midnight + timedelta(minutes=minute)
                    ends_at = starts_at + timedelta(minutes=closes - opens)
                    yield Shift(day, starts_at, ends_at, job.breaks_min)
        day += timedelta(days=1)


def work_ends_at(job: Job) -> datetime | None:
    """When the last shift ends; without known hours, when the last day is over."""
    ends = [shift.ends_at for shift in shifts(job)]
    if ends:
        return max(ends)
    return None if job.works_until is None else end_of(job.works_until)


def end_of(day: date) -> datetime:
    """When a day is over in Korea."""
    return datetime.combine(day, time(), KOREA) + timedelta(days=1)


def whole_nights(week: Iterable[Range[int]] | None) -> list[Span]:
    """The hours of a week; what goes on over Sunday's midnight in one piece."""
    spans = [(span.lower or 0, WEEK if span.upper is None else span.upper) for span in week or ()]
    if len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == WEEK:
        return [*spans[1:-1], (spans[-1][0], WEEK + spans[0][1])]
    return spans
