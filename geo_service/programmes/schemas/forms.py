"""A programme as an officer types it: time in hours, as people say."""

from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from geo_service.programmes.models import Programme
from geo_service.programmes.schemas.terms import HOURLY_MOST, MINUTES_MOST, Terms
from geo_service.web.fields import Budget, Day, FormModel, Line, Won, unfit

Hours = Annotated[Decimal, Field(gt=0, le=MINUTES_MOST // 60, multiple_of=Decimal("0.5"))]
"""Whole or half."""


class ProgrammeForm(FormModel):
    """The same as an officer types it."""

    name: Annotated[Line, Field(min_length=1)]
    budget_won: Budget
    hourly_won: Annotated[Won, Field(ge=1, le=HOURLY_MOST)]
    valid_from: Day
    valid_until: Day
    hours_in_all: Hours | None = None
    hours_a_month: Hours | None = None
    hours_a_week: Hours | None = None

    @model_validator(mode="after")
    def _narrowing(self) -> Self:
        caps = [cap for cap in (self.hours_in_all, self.hours_a_month, self.hours_a_week) if cap]
        if caps != sorted(caps, reverse=True):
            raise unfit(
                "A week cannot allow more hours than a month, nor a month more than all.",
                "한 주의 시간은 한 달보다, 한 달의 시간은 전체보다 많을 수 없어요.",
            )
        return self

    def terms(self) -> Terms:
        """The same, for the deeds."""
        return Terms(
            name=self.name,
            hourly_won=self.hourly_won,
            budget_won=self.budget_won,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            minutes_in_all=_minutes(self.hours_in_all),
            minutes_a_month=_minutes(self.hours_a_month),
            minutes_a_week=_minutes(self.hours_a_week),
        )


class NewProgrammeForm(ProgrammeForm):
    """With the office whose money it is."""

    office_id: Annotated[UUID, Field(json_schema_extra={"chosen": True})] | None = None


class Shown:
    """A programme with its caps in hours, for a form to show."""

    def __init__(self, programme: Programme) -> None:
        self.name = programme.name
        self.budget_won = programme.budget_won
        self.hourly_won = programme.hourly_won
        self.valid_from = programme.valid_from
        self.valid_until = programme.valid_until
        self.hours_in_all = _hours(programme.minutes_in_all)
        self.hours_a_month = _hours(programme.minutes_a_month)
        self.hours_a_week = _hours(programme.minutes_a_week)
        self.version = programme.version


def _minutes(hours: Decimal | None) -> int | None:
    return None if hours is None else int(hours * 60)


def _hours(minutes: int | None) -> str | None:
    """`100`, `7.5`."""
    return None if minutes is None else f"{minutes / 60:g}"
