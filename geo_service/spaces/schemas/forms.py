"""What residents type to book."""

from typing import Annotated

from pydantic import Field

from geo_service.web.fields import Agreed, Day, FormModel, Line, When, Whole

Minutes = Annotated[Whole, Field(ge=5, le=10_080)]
Times = Annotated[Whole, Field(ge=1, le=53)]
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
