"""What people say to book: as JSON. Moments carry their time zone; days are Korea's."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.dialects.postgresql import Range

from geo_service.spaces.models import Wish
from geo_service.web.fields import Plain
from geo_service.web.params import EARLIEST, LATEST, Moment

Day = Annotated[date, Field(ge=EARLIEST.date(), le=LATEST.date(), examples=["2026-11-24"])]
UnitNo = Annotated[int, Field(ge=1, le=500, description="A certain desk; any if left out.")]
Words = Annotated[Plain, Field(max_length=300)]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["047110"])]
Minutes = Annotated[int, Field(ge=1, le=10_080)]


class Said(BaseModel):
    """What somebody says. Unknown names are refused, so that no wish is half understood."""

    model_config = ConfigDict(extra="forbid")


class TimeIn(Said):
    """From when until when."""

    begins_at: Moment
    ends_at: Moment

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.begins_at >= self.ends_at:
            message = "It must end after it begins."
            raise ValueError(message)
        return self

    @property
    def during(self) -> Range[datetime]:
        """The same as the database tells it."""
        return Range(self.begins_at, self.ends_at)


class MoveIn(TimeIn):
    """Another time, or another desk."""

    unit_no: UnitNo | None = None

    @property
    def wish(self) -> Wish:
        """The same for the deed."""
        return Wish(self.during, self.unit_no)


class BookingIn(TimeIn):
    """What somebody wants to book."""

    space_id: UUID
    unit_no: UnitNo | None = None
    purpose: Annotated[Words, Field(description="What for; the office reads it.")] = ""
    people: Annotated[int | None, Field(ge=1, le=10_000)] = None

    @property
    def wish(self) -> Wish:
        """The same for the deed."""
        return Wish(self.during, self.unit_no, self.purpose, self.people)


class HoldIn(BookingIn):
    """A booking, or for ten minutes the hold of one."""

    confirm: Annotated[
        bool, Field(description="Book at once; otherwise it is held until you confirm it.")
    ] = False


class SeriesIn(BookingIn):
    """The same time every week."""

    times: Annotated[int, Field(ge=2, le=53, description="In so many weeks.")]


class WaitIn(TimeIn):
    """What somebody waits for."""

    space_id: UUID


class SubscriptionIn(Said):
    """A desk by the month."""

    space_id: UUID
    begins_on: Day
    unit_no: UnitNo | None = None
    purpose: Words = ""


class CodeIn(Said):
    """The code of a booking."""

    code: Code


class ReasonIn(Said):
    """What an officer says to it."""

    words: Words = ""
