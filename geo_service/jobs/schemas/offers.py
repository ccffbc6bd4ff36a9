"""What an officer says of a job, whichever way it was said: form, file or API."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from sqlalchemy.dialects.postgresql import Range

from geo_service.geo.place import Place
from geo_service.hours.week import DAY, WEEK, Spans, merged
from geo_service.jobs.models import QUESTIONS_AT_MOST, Job, PayUnit, Turn
from geo_service.jobs.schemas.shifts import end_of, whole_nights

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_DAYS: tuple[Weekday, ...] = get_args(Weekday)

PlainText = Annotated[str, StringConstraints(pattern="^[^\x00]*$", strip_whitespace=True)]

Question = Annotated[PlainText, StringConstraints(min_length=1, max_length=200, pattern=r"^.*$")]
"""One line."""

EARLIEST, LATEST = date(2020, 1, 1), date(2100, 1, 1)

Day = Annotated[date, Field(ge=EARLIEST, lt=LATEST)]


def _known(moment: datetime | None) -> datetime | None:
    if moment is not None and not EARLIEST <= moment.date() < LATEST:
        raise ValueError("Choose a moment between 2020 and 2100.")
    return moment


class Point(BaseModel):
    """Where it is. Units: degrees."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lat: Annotated[float, Field(ge=33, le=39)]
    lng: Annotated[float, Field(ge=124, le=132)]
    """South Korea, and nowhere else."""


class Shifts(BaseModel):
    """The same hours on some days of every week."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    starts: time
    ends: time
    """Before it starts: on the next day. Midnight is the end of the day."""

    @field_validator("starts", "ends")
    @classmethod
    def _on_the_wall(cls, clock: time) -> time:
        return clock.replace(second=0, microsecond=0, tzinfo=None)

    @model_validator(mode="after")
    def _some_time(self) -> Self:
        if self.starts == self.ends:
            raise ValueError("A shift must end at another time than it starts.")
        return self

    def spans(self) -> Iterable[tuple[int, int]]:
        """As minutes of the week."""
        opens = self.starts.hour * 60 + self.starts.minute
        closes = self.ends.hour * 60 + self.ends.minute
        if closes <= opens:
            closes += DAY
        for day in sorted(set(self.days)):
            start = _DAYS.index(day) * DAY
            yield start + opens, start + closes


class Offer(BaseModel):
    """All that an officer decides about a job."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[PlainText, StringConstraints(min_length=2, max_length=140)]
    summary: Annotated[PlainText, StringConstraints(max_length=1000)] = ""
    place: Point | None = None
    """Where it is not at the office's own door."""
    address: Annotated[PlainText, StringConstraints(max_length=300)] = ""
    pay_won: Annotated[int, Field(gt=0, le=10_000_000)]
    pay_unit: PayUnit = PayUnit.HOUR
    task_hours: Annotated[Decimal, Field(gt=0, le=200, decimal_places=1)] | None = None
    """How long one task takes: with pay for a task, and only with it."""
    programme_id: UUID | None = None
    """The allowance programme of this office that pays."""
    works_from: Day | None = None
    works_until: Day | None = None
    shifts: Annotated[list[Shifts], Field(max_length=21)] = []
    no_holidays: bool = False
    """Whether nobody works on public holidays."""
    breaks_min: Annotated[int, Field(ge=0, le=240)] = 0
    seats: Annotated[int, Field(ge=1, le=999)] = 1
    turn: Turn = Turn.FIRST_COME
    apply_until: AwareDatetime | None = None
    """None is until the last day of work is over."""
    withdraw_until: AwareDatetime | None = None
    questions: Annotated[list[Question], Field(max_length=QUESTIONS_AT_MOST)] = []
    how_to_apply: Annotated[PlainText, StringConstraints(max_length=1000)] = ""
    apply_phone: Annotated[str, StringConstraints(pattern=r"^\+[0-9]{7,15}$")] | None = None
    """E.164."""

    _moments = field_validator("apply_until", "withdraw_until")(_known)

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.works_from and self.works_until and self.works_from > self.works_until:
            raise ValueError("The work must not end before it begins.")
        if (self.pay_unit is PayUnit.TASK) != (self.task_hours is not None):
            raise ValueError("Say task_hours with pay for a task, and only with it.")
        return self

    @model_validator(mode="after")
    def _apart(self) -> Self:
        told = sorted(span for shifts in self.shifts for span in shifts.spans())
        around = told and [*told, (told[0][0] + WEEK, 0)]
        if any(after[0] < before[1] for before, after in pairwise(around or ())):
            raise ValueError("Two shifts must not be at the same time.")
        return self

    @property
    def week(self) -> Spans:
        """The minutes of the week in which one works; nothing where that was not said."""
        return merged(span for shifts in self.shifts for span in shifts.spans())

    @property
    def here(self) -> Place | None:
        """The place, if it was told."""
        return None if self.place is None else Place(self.place.lat, self.place.lng)


def shifts_of(week: Iterable[Range[int]] | None) -> list[Shifts]:
    """The week as an officer would say it: the days with the same hours together.

    Order: by the hour at which they start.
    """
    days: dict[tuple[int, int], list[Weekday]] = {}
    for opens, closes in whole_nights(week):
        day, start = divmod(opens, DAY)
        days.setdefault((start, start + closes - opens), []).append(_DAYS[day])
    return [
        Shifts(days=on, starts=_clock(start), ends=_clock(end))
        for (start, end), on in sorted(days.items())
        if (end - start) < DAY
    ]


def _clock(minute: int) -> time:
    return time(minute % DAY // 60, minute % 60)


def _is_usual(job: Job) -> bool:
    """Whether people may apply until the last day of work is over."""
    return job.works_until is not None and job.apply_until == end_of(job.works_until)


def offer_of(job: Job) -> Offer:
    """What its officers have said of a job so far."""
    return Offer.model_construct(
        title=job.title,
        summary=job.summary,
        place=Point.model_construct(lat=job.place.lat, lng=job.place.lng),
        address=job.address,
        pay_won=job.pay_won,
        pay_unit=job.pay_unit,
        task_hours=job.task_hours,
        programme_id=job.programme_id,
        works_from=job.works_from,
        works_until=job.works_until,
        shifts=shifts_of(job.open_week),
        no_holidays="holiday" in job.closed_days,
        breaks_min=job.breaks_min,
        seats=job.seats,
        turn=job.turn,
        apply_until=None if _is_usual(job) else job.apply_until,
        withdraw_until=job.withdraw_until,
        questions=job.questions,
        how_to_apply=job.how_to_apply,
        apply_phone=job.apply_phone,
    )
