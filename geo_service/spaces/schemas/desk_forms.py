"""What officers type about spaces and bookings."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from geo_service.geo.place import Place
from geo_service.hours.week import NotOpeningHours, Spans, from_days
from geo_service.spaces.models import Period, Use, Who
from geo_service.spaces.schemas.forms import Minutes, People, Purpose
from geo_service.web.fields import Day, FormModel, Line, Telephone, When, Whole, Won, unfit

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Words = Annotated[str, Field(max_length=300)]
SomeMinutes = Annotated[Whole, Field(le=525_600)]


def _point(typed: str) -> str:
    try:
        _place_of(typed)
    except ValueError as error:
        raise unfit(
            "Write latitude and longitude, such as 35.1407, 126.7988.",
            "35.1407, 126.7988처럼 위도와 경도를 적어 주세요.",
        ) from error
    return typed


def _place_of(typed: str) -> Place:
    lat, _, lng = typed.partition(",")
    return Place(float(lat), float(lng))


Point = Annotated[str, Field(max_length=60), AfterValidator(_point)]


class SpaceForm(FormModel):
    """What a space is."""

    office_id: UUID | None = None
    title: Annotated[Line, Field(min_length=2, max_length=140)]
    summary: Annotated[str, Field(max_length=1000)] = ""
    space_type: Annotated[Line, Field(max_length=60)] = ""
    facility: Annotated[Line, Field(max_length=140)] = ""
    capacity: Annotated[Whole | None, Field(ge=1, le=10_000)] = None
    equipment: Annotated[Line, Field(max_length=500)] = ""
    """With commas between."""
    address: Annotated[Line, Field(max_length=300)] = ""
    place: Point | None = None
    phone: Telephone | None = None
    how_to_book: Annotated[str, Field(max_length=500)] = ""
    part_of_id: UUID | None = None
    is_shown: bool = False

    @property
    def point(self) -> Place | None:
        """Where it is, if that was said."""
        return _place_of(self.place) if self.place else None

    @property
    def things(self) -> tuple[str, ...]:
        """The equipment, one by one."""
        return tuple(filter(None, (each.strip() for each in self.equipment.split(","))))


def _hours(typed: str) -> str:
    try:
        from_days({0: _spans(typed)})
    except NotOpeningHours as error:
        raise unfit(
            "Write hours such as 09:00-18:00.",
            "09:00-18:00처럼 여는 시각과 닫는 시각을 적어 주세요.",
        ) from error
    return typed


def _spans(typed: str) -> list[str]:
    return [each.strip() for each in typed.split(",") if each.strip()]


Hours = Annotated[str, Field(max_length=100), AfterValidator(_hours)]


class HoursForm(FormModel):
    """When a door is open; a day without hours is closed."""

    mon: Hours = ""
    tue: Hours = ""
    wed: Hours = ""
    thu: Hours = ""
    fri: Hours = ""
    sat: Hours = ""
    sun: Hours = ""
    holidays: bool = False
    """Whether it stays shut on public holidays."""

    @property
    def week(self) -> Spans:
        """The same as minutes of the week."""
        return from_days({n: _spans(getattr(self, day)) for n, day in enumerate(DAYS)})


class TermsForm(FormModel):
    """On what terms a space is booked."""

    bookable: bool = False
    use: Use = Use.HOURLY
    needs_approval: bool = False
    who: Who = Who.ANYONE
    units: Annotated[Whole, Field(ge=1, le=500)] = 1
    price_won: Won = 0
    price_minutes: Minutes = 60
    step_minutes: Minutes = 30
    min_minutes: Minutes = 60
    max_minutes: Minutes = 240
    before_minutes: Annotated[Whole, Field(le=1_440)] = 0
    after_minutes: Annotated[Whole, Field(le=1_440)] = 0
    notice_minutes: SomeMinutes = 0
    ahead_days: Annotated[Whole, Field(ge=1, le=366)] = 30
    cancel_minutes: SomeMinutes = 60
    quota_bookings: Annotated[Whole | None, Field(ge=1, le=1_000)] = None
    quota_period: Period = Period.WEEK
    check_in_minutes: Annotated[Whole, Field(le=1_440)] = 15
    no_show_minutes: Annotated[Whole | None, Field(ge=1, le=1_440)] = None
    strikes: Annotated[Whole | None, Field(ge=1, le=100)] = None
    min_months: Annotated[Whole, Field(ge=1, le=24)] = 1
    notice_months: Annotated[Whole, Field(le=12)] = 1

    @model_validator(mode="after")
    def _in_steps(self) -> Self:
        if self.min_minutes > self.max_minutes:
            raise unfit(
                "The shortest time is longer than the longest.",
                "가장 짧은 시간이 가장 긴 시간보다 길어요.",
            )
        if self.min_minutes % self.step_minutes or self.max_minutes % self.step_minutes:
            raise unfit(
                "The shortest and the longest time must fit the steps of the clock.",
                "가장 짧은 시간과 가장 긴 시간이 시작 간격에 맞지 않아요.",
            )
        return self


class ClosingForm(FormModel):
    """A day on which a space stays shut."""

    on: Day
    words: Words = ""
    cancels: bool = False


class ReasonForm(FormModel):
    """Why an officer says no."""

    words: Annotated[Words, Field(min_length=2)]


class CounterForm(FormModel):
    """A booking for somebody at the counter."""

    space_id: UUID
    name: Annotated[Line, Field(min_length=1, max_length=60)]
    phone: Telephone
    begins: When
    minutes: Minutes
    unit_no: Annotated[Whole | None, Field(ge=1, le=500)] = None
    people: People | None = None
    purpose: Purpose = ""
    lives_here: bool = False
    """The officer has seen where they live."""
