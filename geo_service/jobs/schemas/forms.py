"""The form in which an officer writes a job."""

from decimal import Decimal
from enum import StrEnum, auto
from typing import Annotated, Any
from uuid import UUID

from fastapi import UploadFile
from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from geo_service.jobs.models import QUESTIONS_AT_MOST, Job, PayUnit, Turn
from geo_service.jobs.schemas.offers import Offer, Point, Shifts, Weekday, offer_of
from geo_service.web.fields import (
    Day,
    FormModel,
    Line,
    Telephone,
    TimeOfDay,
    When,
    Whole,
    Won,
    unfit,
)

ROWS = ("", "_2", "_3")
"""A form has room for so many kinds of days."""

LONGEST_QUESTION = 200


class Where(StrEnum):
    """Where one works."""

    OFFICE = auto()
    ELSEWHERE = auto()


class Publish(StrEnum):
    """What becomes of a new job."""

    NOW = auto()
    ON = auto()
    DRAFT = auto()


Degrees = Annotated[float, Field(allow_inf_nan=False)]
Hours = Annotated[Decimal, Field(gt=0, le=200, decimal_places=1)]
Days = Annotated[list[Weekday], Field(max_length=7)]


class JobForm(FormModel):
    """A job as it is typed; `offer` is what that means."""

    title: Annotated[Line, Field(min_length=2, max_length=100)]
    summary: Annotated[str, Field(max_length=1000)] | None = None
    where: Where
    lat: Annotated[Degrees, Field(ge=33, le=39)] | None = None
    lng: Annotated[Degrees, Field(ge=124, le=132)] | None = None
    address: Annotated[Line, Field(max_length=300)] | None = Field(None, validate_default=True)
    pay_unit: PayUnit
    pay_won: Annotated[Won, Field(ge=1, le=10_000_000)]
    task_hours: Hours | None = Field(None, validate_default=True)
    programme_id: UUID | None = None
    works_from: Day | None = None
    works_until: Day | None = None
    days: Days = []
    starts: TimeOfDay | None = None
    ends: TimeOfDay | None = Field(None, validate_default=True)
    days_2: Days = []
    starts_2: TimeOfDay | None = None
    ends_2: TimeOfDay | None = Field(None, validate_default=True)
    days_3: Days = []
    starts_3: TimeOfDay | None = None
    ends_3: TimeOfDay | None = Field(None, validate_default=True)
    no_holidays: bool = False
    breaks_min: Annotated[Whole, Field(le=240)] | None = None
    seats: Annotated[Whole, Field(ge=1, le=999)]
    turn: Turn
    apply_until: When | None = None
    withdraw_until: When | None = None
    questions: Annotated[str, Field(max_length=1100)] | None = None
    """One on each line."""
    how_to_apply: Annotated[str, Field(max_length=1000)] | None = None
    apply_phone: Telephone | None = None

    @field_validator("address")
    @classmethod
    def _placed(cls, address: str | None, info: ValidationInfo) -> str | None:
        told = info.data
        if told.get("where") is Where.ELSEWHERE and None in (told.get("lat"), told.get("lng")):
            raise unfit(
                "Find the place on the map: write an address, a dong or a building.",
                "어디인지 찾지 못했어요. 주소나 동, 시설 이름을 적고 지도에서 찾아 주세요.",
            )
        return address

    @field_validator("task_hours")
    @classmethod
    def _timed(cls, hours: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if info.data.get("pay_unit") is not PayUnit.TASK:
            return None
        if hours is None:
            raise unfit("Say how long it takes.", "한 번에 몇 시간 걸리는지 적어 주세요.")
        return hours

    @field_validator("works_until")
    @classmethod
    def _forward(cls, last: Any, info: ValidationInfo) -> Any:
        first = info.data.get("works_from")
        if first is not None and last is not None and last < first:
            raise unfit("This is before the first day.", "첫날보다 앞선 날이에요.")
        return last

    @field_validator("ends", "ends_2", "ends_3")
    @classmethod
    def _whole_row(cls, ends: Any, info: ValidationInfo) -> Any:
        row = (info.field_name or "").removeprefix("ends")
        days, starts = info.data.get(f"days{row}"), info.data.get(f"starts{row}")
        if bool(days) == (starts is not None) == (ends is not None):
            if ends is not None and ends == starts:
                raise unfit("End later than you start.", "시작과 끝이 같아요.")
            return ends
        raise unfit(
            "Choose the days, and when work starts and ends on them.",
            "요일과 시작 시각, 끝 시각을 모두 정해 주세요.",
        )

    @field_validator("ends_2", "ends_3")
    @classmethod
    def _apart(cls, ends: Any, info: ValidationInfo) -> Any:
        row = (info.field_name or "").removeprefix("ends")
        told = {**info.data, f"ends{row}": ends}
        if not _are_apart(told):
            raise unfit("Two shifts are at the same time.", "다른 줄과 시간이 겹쳐요.")
        return ends

    @field_validator("questions")
    @classmethod
    def _few(cls, questions: str | None) -> str | None:
        asked = _lines(questions)
        if len(asked) > QUESTIONS_AT_MOST or any(len(line) > LONGEST_QUESTION for line in asked):
            raise unfit(
                f"Ask {QUESTIONS_AT_MOST} questions at most, each of {LONGEST_QUESTION} letters.",
                f"{QUESTIONS_AT_MOST}개까지, 하나에 {LONGEST_QUESTION}자까지 물어볼 수 있어요.",
            )
        return questions

    def offer(self) -> Offer:
        """What was typed, as any other officer's program would say it."""
        point = None
        if self.where is Where.ELSEWHERE and self.lat is not None and self.lng is not None:
            point = Point(lat=self.lat, lng=self.lng)
        return Offer(
            title=self.title,
            summary=self.summary or "",
            place=point,
            address=(self.address or "") if point else "",
            pay_won=self.pay_won,
            pay_unit=self.pay_unit,
            task_hours=self.task_hours,
            programme_id=self.programme_id,
            works_from=self.works_from,
            works_until=self.works_until,
            shifts=_shifts(self.__dict__),
            no_holidays=self.no_holidays,
            breaks_min=self.breaks_min or 0,
            seats=self.seats,
            turn=self.turn,
            apply_until=self.apply_until,
            withdraw_until=self.withdraw_until,
            questions=_lines(self.questions),
            how_to_apply=self.how_to_apply or "",
            apply_phone=self.apply_phone,
        )


class NewJobForm(JobForm):
    """A new one: whose, and when it can be found."""

    office_id: UUID | None = None
    publish: Publish
    publish_on: When | None = Field(None, validate_default=True)

    @field_validator("publish_on")
    @classmethod
    def _dated(cls, on: Any, info: ValidationInfo) -> Any:
        if info.data.get("publish") is Publish.ON and on is None:
            raise unfit("Choose the day and time.", "언제 공개할지 골라 주세요.")
        return on


class PublishForm(FormModel):
    """From when a job can be found; now, if nothing is chosen."""

    on: When | None = None


class FileForm(FormModel):
    """A file of jobs."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    office_id: UUID | None = None
    file: UploadFile


def typed(job: Job) -> dict[str, Any]:
    """A job as its officer would type it."""
    offer = offer_of(job)
    at_the_office = job.place == job.office.place and job.address == (job.office.address or "")
    said: dict[str, Any] = {
        **dict(offer),
        "where": Where.OFFICE if at_the_office else Where.ELSEWHERE,
        "lat": job.place.lat,
        "lng": job.place.lng,
        "breaks_min": offer.breaks_min or None,
        "questions": "\n".join(offer.questions),
    }
    for row, shifts in zip(ROWS, offer.shifts, strict=False):
        said |= {
            f"days{row}": shifts.days,
            f"starts{row}": shifts.starts,
            f"ends{row}": shifts.ends,
        }
    return {name: value for name, value in said.items() if name in JobForm.model_fields}


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _shifts(told: dict[str, Any]) -> list[Shifts]:
    return [
        Shifts(days=told[f"days{row}"], starts=told[f"starts{row}"], ends=told[f"ends{row}"])
        for row in ROWS
        if told.get(f"days{row}") and None not in (told.get(f"starts{row}"), told.get(f"ends{row}"))
    ]


def _are_apart(told: dict[str, Any]) -> bool:
    minutes = [
        minute
        for shifts in _shifts(told)
        for opens, closes in shifts.spans()
        for minute in range(opens, closes)
    ]
    return len({minute % (7 * 24 * 60) for minute in minutes}) == len(minutes)
