"""Programmes as JSON: money in won, time in minutes."""

from dataclasses import fields
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from geo_service.programmes.models import Period, Use
from geo_service.programmes.schemas.terms import BUDGET_MOST, HOURLY_MOST, MINUTES_MOST, Terms
from geo_service.web.fields import Day

_Minutes = Annotated[int, Field(ge=1, le=MINUTES_MOST)]


class ProgrammeIn(BaseModel):
    """What an office decides about a programme."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[
        str,
        StringConstraints(
            min_length=1, max_length=140, strip_whitespace=True, pattern="^[^\x00]*$"
        ),
    ]
    hourly_won: Annotated[int, Field(ge=1, le=HOURLY_MOST)]
    """At least the minimum wage of every year in which it pays."""
    budget_won: Annotated[int, Field(ge=0, le=BUDGET_MOST)]
    valid_from: Day
    valid_until: Day
    """The last day that it pays for."""
    minutes_in_all: _Minutes | None = None
    """What one person may work for it; null is without end."""
    minutes_a_month: _Minutes | None = None
    minutes_a_week: _Minutes | None = None

    def terms(self) -> Terms:
        """The same, for the deeds."""
        return Terms(**self.model_dump(include={field.name for field in fields(Terms)}))


class NewProgrammeIn(ProgrammeIn):
    """A programme that is to be set up."""

    office_id: UUID | None = None
    """Needed by who works in several offices."""


class ProgrammeOut(BaseModel):
    """A programme and its money."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    office_id: UUID
    name: str
    hourly_won: int
    budget_won: int
    planned_won: int
    """Promised, and not confirmed yet."""
    paid_won: int
    """Confirmed."""
    left_won: int
    valid_from: date
    valid_until: date
    minutes_in_all: int | None
    minutes_a_month: int | None
    minutes_a_week: int | None
    closed_at: datetime | None
    version: int


class BalanceOut(BaseModel):
    """What one person has planned and worked in one period, and may."""

    model_config = ConfigDict(from_attributes=True)

    period: Period
    minutes: int
    """Planned and worked."""
    worked_minutes: int
    cap_minutes: int | None
    left_minutes: int | None


class WorkerOut(BaseModel):
    """Somebody with hours in a programme."""

    person_id: UUID
    name: str
    minutes: int
    worked_minutes: int

    @classmethod
    def of(cls, use: Use) -> Self:
        """As JSON."""
        return cls(
            person_id=use.person_id,
            name=use.person.name,
            minutes=use.minutes,
            worked_minutes=use.worked_minutes,
        )
