"""The pilot's two files as a district officer writes them, checked before anything is kept.

`data/pilot_offices.json` and `data/pilot_listings.json` are meant to be edited by hand: days are
Korean words, closed days are the words one would print on a door, dates may be told from the day
of loading (`+3d`). A misspelt field, day or office is refused with the file and the entry.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from geo_service.clock import KOREA
from geo_service.hours.closures import closed_days_of
from geo_service.hours.week import NotOpeningHours, Spans, from_days
from geo_service.jobs.models import PayUnit
from geo_service.meetings.models import Form, Venue
from geo_service.offices.models import OfficeKind, Role
from geo_service.programmes.files import wage_of
from geo_service.spaces.models import Use

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Under which an entry is found again, whatever happens to its title."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

Times = dict[str, str | list[str]]
"""When: `{"평일": "09:00-18:00", "토": ["09:00-12:00", "13:00-15:00"]}`."""

ON_THE_DAYS = "당일"
"""In `Times` of a job: on the very days on which the work is done."""

_ANY_DAY = date(2026, 1, 1)
"""From which dates are told, where only their order counts."""

_WEEK = "월화수목금토일"
_GROUPS = {"매일": range(7), "평일": range(5), "주말": range(5, 7)}


def day_of(told: str, today: date) -> date:
    """The date that a file tells, seen from today."""
    if told.endswith("d"):
        return today + timedelta(days=int(told[:-1]))
    return date.fromisoformat(told)


def _a_day(told: str) -> str:
    day_of(told, _ANY_DAY)
    return told


Days = Annotated[
    str,
    StringConstraints(pattern=r"^[+-]\d{1,3}d$|^\d{4}-\d{2}-\d{2}$"),
    AfterValidator(_a_day),
]
"""`+3d` is three days after loading, `2026-12-24` is that day."""


def midnight(day: date) -> datetime:
    """When a day begins in Korea."""
    return datetime.combine(day, time(), KOREA)


def _days_of(words: str) -> list[int]:
    """월, 월-금, 월·수·금, 평일, 주말 or 매일 as numbers, Monday 0."""
    if words in _GROUPS:
        return list(_GROUPS[words])
    if re.fullmatch(rf"[{_WEEK}]-[{_WEEK}]", words):
        first, last = _WEEK.index(words[0]), _WEEK.index(words[2])
        return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    if re.fullmatch(rf"[{_WEEK}](·[{_WEEK}])*", words):
        return [_WEEK.index(day) for day in words.split("·")]
    raise ValueError(f"요일이 아닙니다: {words} (예: 평일, 월-금, 월·수·금)")


def spans_of(told: Times, on_the_days: list[int]) -> Spans:
    """Open minutes of the week; `on_the_days` are the weekdays that 당일 stands for."""
    days: dict[int, list[str]] = {}
    for words, hours in told.items():
        for day in on_the_days if words == ON_THE_DAYS else _days_of(words):
            days.setdefault(day, []).extend([hours] if isinstance(hours, str) else hours)
    try:
        return from_days(days)
    except NotOpeningHours as error:
        raise ValueError(f"시각이 아닙니다: {error} (예: 09:00-18:00)") from error


class Entry(BaseModel):
    """One entry of a file: every field known, none misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class OfficeEntry(Entry):
    """A public body. It has no telephone: a number that looks real belongs to somebody."""

    key: Key
    kind: Annotated[OfficeKind, Field(strict=False)]
    name: Words
    address: Annotated[Words, StringConstraints(pattern="^광주광역시 광산구 ")]
    lat: Annotated[float, Field(ge=33, le=39)]
    lng: Annotated[float, Field(ge=124, le=132)]
    dong: Words | None = None
    """The administrative dong for which it answers, if it is a dong centre …"""
    codes: list[Annotated[str, StringConstraints(pattern=r"^\d{10}$")]] = []
    """… and the dong's official codes, before and after 2026-07-01."""
    hours_words: Words | None = None

    @model_validator(mode="after")
    def _answers(self) -> Self:
        if (self.kind is OfficeKind.DONG_CENTRE) != bool(self.dong and self.codes):
            raise ValueError("dong_centre 에는, 그리고 거기에만 dong 과 codes 를 적습니다")
        return self


class ProgrammeEntry(Entry):
    """Allowance money of an office; set up once, and then the office's own."""

    key: Key
    office: Key
    name: Annotated[Words, StringConstraints(max_length=140)]
    hourly_won: Annotated[int, Field(ge=1)]
    budget_won: Annotated[int, Field(ge=0)]
    valid_from: Days
    valid_until: Days
    hours_in_all: Annotated[int, Field(ge=1)] | None = None
    """What one person may work for it."""
    hours_a_month: Annotated[int, Field(ge=1)] | None = None
    hours_a_week: Annotated[int, Field(ge=1)] | None = None


class BenefitEntry(Entry):
    """What an office thanks watchers with."""

    key: Key
    office: Key
    title: Annotated[Words, StringConstraints(max_length=80)]
    partner: Annotated[Words, StringConstraints(max_length=80)]
    words: Annotated[Words, StringConstraints(max_length=500)]


class ListingEntry(Entry):
    """What jobs and spaces have in common."""

    key: Key
    office: Key
    title: Annotated[Words, StringConstraints(max_length=140)]
    summary: Annotated[Words, StringConstraints(max_length=1000)]
    address: Words | None = None
    """Where it is not at the office's own door, with its point."""
    lat: Annotated[float, Field(ge=33, le=39)] | None = None
    lng: Annotated[float, Field(ge=124, le=132)] | None = None
    published: Days = "-1d"
    open: Times | None = None
    """Nothing where the hours are not known."""
    closed: str = ""
    """Closed days as on a door: `매주 월요일, 공휴일`."""
    hours_words: str = ""

    @property
    def closed_days(self) -> list[str]:
        """The names of the closed days."""
        return list(closed_days_of(self.closed)[0])

    @model_validator(mode="after")
    def _clear(self) -> Self:
        if not closed_days_of(self.closed)[1]:
            raise ValueError(f"쉬는 날을 읽을 수 없습니다: {self.closed}")
        if len({self.address is None, self.lat is None, self.lng is None}) != 1:
            raise ValueError("address, lat, lng 는 함께 적거나 함께 비웁니다")
        return self


class JobEntry(ListingEntry):
    """Paid work at a public place."""

    kind: Literal["job"]
    pay_won: int
    pay_unit: Annotated[PayUnit, Field(strict=False)] = PayUnit.HOUR
    task_hours: Decimal | None = Field(default=None, strict=False)
    """How long the whole task takes, where the pay is per task."""
    allowance_programme: Words | None = None
    programme: Key | None = None
    """Which programme of its office pays, where that is kept here."""
    works_from: Days
    works_until: Days
    seats: Annotated[int, Field(ge=1)] = 1
    how_to_apply: Words
    urgent_hours: Annotated[int, Field(ge=1, le=48)] | None = None
    """For so many hours from loading it is an urgent call."""

    @model_validator(mode="after")
    def _fair(self) -> Self:
        if (self.pay_unit is PayUnit.TASK) != (self.task_hours is not None):
            raise ValueError("건별 수당(task)에는, 그리고 거기에만 task_hours 를 적습니다")
        hourly_won = wage_of(_ANY_DAY.year).hourly_won
        if self.pay_won < hourly_won * (self.task_hours or 1):
            raise ValueError(f"최저임금(시간당 {hourly_won:,}원)보다 적습니다")
        if self.open is None:
            raise ValueError("일하는 시간(open)을 적습니다")
        if self.works_from.endswith("d") == self.works_until.endswith("d") and (
            day_of(self.works_from, _ANY_DAY) > day_of(self.works_until, _ANY_DAY)
        ):
            raise ValueError("works_until 이 works_from 보다 앞섭니다")
        if not self.weekly_spans(_ANY_DAY):
            raise ValueError("일하는 시간(open)이 비어 있습니다")
        return self

    def weekly_spans(self, today: date) -> Spans:
        """The minutes of the week in which one works."""
        first, last = day_of(self.works_from, today), day_of(self.works_until, today)
        days = [first + timedelta(days=n) for n in range(min(7, (last - first).days + 1))]
        return spans_of(self.open or {}, [day.weekday() for day in days])


class BookingEntry(Entry):
    """On what terms a space is booked here; what is not said is as `spaces.models.Terms` says."""

    use: Annotated[Use, Field(strict=False)] = Use.HOURLY
    needs_approval: bool = False
    units: Annotated[int, Field(ge=1)] = 1
    after_minutes: Annotated[int, Field(ge=0)] = 0
    price_won: Annotated[int, Field(ge=0)] = 0
    price_minutes: Annotated[int, Field(ge=1)] = 60
    quota_bookings: Annotated[int, Field(ge=1)] | None = None


class SpaceEntry(ListingEntry):
    """A public room, whole or part."""

    kind: Literal["space"]
    facility: Words | None = None
    """The building, if its name is not the office's."""
    space_type: Words
    part_of: Key | None = None
    capacity: Annotated[int, Field(ge=1)] | None = None
    area_m2: Decimal | None = Field(default=None, strict=False)
    equipment: list[Words] = []
    fee_words: Words
    fee_won: Annotated[int, Field(ge=0)] | None = None
    fee_minutes: Annotated[int, Field(ge=1)] | None = None
    how_to_book: Words
    booking: BookingEntry | None = None
    """None where one calls instead."""

    @model_validator(mode="after")
    def _known_days(self) -> Self:
        if self.open is not None and not spans_of(self.open, []):
            raise ValueError("여는 시간(open)을 모르면 적지 않습니다")
        return self


class MeetingEntry(Entry):
    """An alley meeting, or the proposal of one."""

    key: Key
    office: Key
    """The dong centre that helps."""
    form: Annotated[Form, Field(strict=False)]
    title: Annotated[Words, StringConstraints(max_length=140)]
    summary: Annotated[Words, StringConstraints(max_length=1000)]
    venue: Annotated[Venue, Field(strict=False)]
    venue_words: Annotated[Words, StringConstraints(max_length=140)]
    address: Words | None = None
    """Where it is not at the office's own door, with its point."""
    lat: Annotated[float, Field(ge=33, le=39)] | None = None
    lng: Annotated[float, Field(ge=124, le=132)] | None = None
    bring: str = ""
    seats: Annotated[int, Field(ge=2, le=500)]
    times: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^\+\d{1,2}d ([01]\d|2[0-3]):[0-5]\d$")]],
        Field(min_length=1, max_length=5),
    ]
    """`+4d 19:00` is four days after loading, at seven in the evening."""
    minutes: Annotated[int, Field(ge=30, le=480)]
    by_office: bool = False
    convened: bool


class MeetingsFile(Entry):
    """`data/pilot_meetings.json`."""

    about: str
    meetings: list[MeetingEntry]


class OfficesFile(Entry):
    """`data/pilot_offices.json`."""

    about: str
    offices: list[OfficeEntry]
    programmes: list[ProgrammeEntry] = []
    benefits: list[BenefitEntry] = []


class ListingsFile(Entry):
    """`data/pilot_listings.json`."""

    about: str
    listings: list[Annotated[JobEntry | SpaceEntry, Field(discriminator="kind")]]


class PostEntry(Entry):
    """A role in an office."""

    office: Key
    role: Annotated[Role, Field(strict=False)]


class WatchEntry(Entry):
    """That somebody is a watcher, or waits to be one."""

    office: Key
    name: Annotated[Words, StringConstraints(max_length=30)]
    confirmed: bool


class PersonEntry(Entry):
    """Somebody invented, who can sign in."""

    key: Key
    name: Words
    email: Annotated[Words, StringConstraints(pattern=r"^[a-z]+@pilot\.example$")]
    roles: list[PostEntry]
    watches: WatchEntry | None = None


class PeopleFile(Entry):
    """`data/pilot_people.json`."""

    about: str
    people: list[PersonEntry]
