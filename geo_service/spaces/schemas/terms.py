"""On what terms a space is booked, as JSON."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geo_service.spaces.models import Period, Terms, Use, Who
from geo_service.spaces.schemas.said import Minutes, Said


class TermsIn(Said):
    """On what terms a space is booked. What is left out is as for a new space."""

    bookable: bool = True
    use: Use = Use.HOURLY
    needs_approval: bool = False
    who: Who = Who.ANYONE
    units: Annotated[int, Field(ge=1, le=500)] = 1
    step_minutes: Annotated[int, Field(ge=5, le=1_440)] = 30
    min_minutes: Minutes = 60
    max_minutes: Minutes = 240
    before_minutes: Annotated[int, Field(ge=0, le=1_440)] = 0
    after_minutes: Annotated[int, Field(ge=0, le=1_440)] = 0
    notice_minutes: Annotated[int, Field(ge=0, le=525_600)] = 0
    ahead_days: Annotated[int, Field(ge=1, le=366)] = 30
    cancel_minutes: Annotated[int, Field(ge=0, le=525_600)] = 60
    price_won: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    price_minutes: Minutes = 60
    quota_bookings: Annotated[int | None, Field(ge=1, le=1_000)] = None
    quota_minutes: Annotated[int | None, Field(ge=1, le=44_640)] = None
    quota_period: Period = Period.WEEK
    check_in_minutes: Annotated[int, Field(ge=0, le=1_440)] = 15
    no_show_minutes: Annotated[int | None, Field(ge=1, le=1_440)] = None
    strikes: Annotated[int | None, Field(ge=1, le=100)] = 3
    strike_days: Annotated[int, Field(ge=1, le=366)] = 90
    min_months: Annotated[int, Field(ge=1, le=24)] = 1
    notice_months: Annotated[int, Field(ge=0, le=12)] = 1

    @model_validator(mode="after")
    def _in_steps(self) -> Self:
        if 1_440 % self.step_minutes:
            message = "step_minutes must divide a day."
            raise ValueError(message)
        if self.min_minutes > self.max_minutes:
            message = "min_minutes must not be more than max_minutes."
            raise ValueError(message)
        if self.min_minutes % self.step_minutes or self.max_minutes % self.step_minutes:
            message = "min_minutes and max_minutes must be multiples of step_minutes."
            raise ValueError(message)
        return self


class TermsOut(BaseModel):
    """On what terms a space is booked."""

    model_config = ConfigDict(from_attributes=True)

    space_id: UUID
    bookable: bool
    use: Use
    needs_approval: bool
    who: Who
    units: int
    step_minutes: int
    min_minutes: int
    max_minutes: int
    before_minutes: int
    after_minutes: int
    notice_minutes: int
    ahead_days: int
    cancel_minutes: int
    price_won: int
    price_minutes: int
    quota_bookings: int | None
    quota_minutes: int | None
    quota_period: Period
    check_in_minutes: int
    no_show_minutes: int | None
    strikes: int | None
    strike_days: int
    min_months: int
    notice_months: int

    @classmethod
    def of(cls, terms: Terms) -> Self:
        """The same as JSON."""
        return cls.model_validate(terms)
