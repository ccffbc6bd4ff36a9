"""Questions and forms about shifts, checked as they come in."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from geo_service.web.fields import Day, FormModel, Line, Whole

MINUTES_A_DAY = 1440

Month = Annotated[
    str,
    Field(
        pattern=r"^20\d\d-(0[1-9]|1[0-2])$",
        description="A month of the calendar.",
        examples=["2026-11"],
    ),
]


class DayQuery(BaseModel):
    """Which day, and of which job."""

    on: Day | None = None
    """Today if none."""
    job: UUID | None = None


class SinceQuery(BaseModel):
    """From which day on."""

    since: Day | None = None
    """Today if none, and last night's shift until it is over."""


class MonthQuery(BaseModel):
    """Which month."""

    month: Month | None = None
    """This one if none."""


class CodeForm(FormModel):
    """The code, as somebody types it."""

    code: Annotated[Line, Field(min_length=1)]


class NoteForm(FormModel):
    """Whom an officer ticked on the list of a day."""

    shift: Annotated[list[UUID], Field(max_length=200)] = []


Minutes = Annotated[Whole, Field(ge=1, le=MINUTES_A_DAY)]
"""How long one of them worked, typed beside the name."""
