"""What residents type to book."""

from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any

from pydantic import Field, create_model

from geo_service.clock import KOREA
from geo_service.web.fields import Agreed, Day, FormModel, Line, When, Whole

Minutes = Annotated[Whole, Field(ge=5, le=10_080)]
MOST_TIMES = 53
Times = Annotated[Whole, Field(ge=1, le=MOST_TIMES)]
UnitNo = Annotated[Whole, Field(ge=1, le=500)]
Purpose = Annotated[str, Field(max_length=300)]
People = Annotated[Whole, Field(ge=1, le=10_000)]


class LookForm(FormModel):
    """How long, how often, and from which day on somebody wants to see times."""

    minutes: Minutes | None = None
    times: Times = 1
    until: Day | None = None
    """The last day of a series, instead of how many times."""
    on: Day | None = None


class TimeForm(FormModel):
    """One of the times."""

    begins: When
    minutes: Minutes
    times: Times = 1
    until: Day | None = None

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.begins + timedelta(minutes=self.minutes)

    @property
    def local(self) -> str:
        """When it begins, as forms write it in Korea's time."""
        return self.begins.astimezone(KOREA).strftime("%Y-%m-%dT%H:%M")

    @property
    def times_from(self) -> int:
        """In how many weeks: as said, or until the last day that was said."""
        if self.until is None or self.until <= self.begins.astimezone(KOREA).date():
            return self.times
        return min((self.until - self.begins.astimezone(KOREA).date()).days // 7 + 1, MOST_TIMES)


class BeginForm(FormModel):
    """Another time for what is booked."""

    begins: When


class FinishForm(FormModel):
    """What somebody says while a time is held."""

    purpose: Purpose = ""
    people: People | None = None
    agreed: Agreed = False
    begins: When | None = None
    """Another time, where this one was taken meanwhile."""


@cache
def for_no_more_than(capacity: int | None, base: type[FormModel]) -> type[Any]:
    """The same form, which takes no more `people` than a space has room for."""
    if capacity is None:
        return base
    room = Annotated[Whole, Field(ge=1, le=capacity)] | None
    return create_model(base.__name__, __base__=base, people=(room, None))


class DeskForm(FormModel):
    """A desk by the month."""

    starts_on: Day
    unit_no: UnitNo | None = None


class CodeForm(FormModel):
    """The number somebody shows at the door."""

    code: Annotated[Line, Field(pattern=r"^\d{3} ?\d{3}$")]

    @property
    def digits(self) -> str:
        """Without the blank between them."""
        return self.code.replace(" ", "")
