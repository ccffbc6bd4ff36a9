"""What people type about a meeting's agenda, minutes, decisions and tasks."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from geo_service.meetings.models import MINUTES_MAX, Choice, Task, Went
from geo_service.web.fields import Day, FormModel, Line, When, Whole

Title = Annotated[Line, Field(min_length=2, max_length=100)]
Asked = Annotated[Line, Field(min_length=2, max_length=200)]
ShortWords = Annotated[Line, Field(max_length=300)]
Length = Annotated[Whole, Field(ge=1, le=240)]
People = Annotated[Whole, Field(ge=0, le=1000)]


class ItemForm(FormModel):
    """One thing to talk about."""

    title: Title
    words: Annotated[str, Field(max_length=500)] = ""
    lasts_min: Length
    asks_decision: bool = False


class PlaceForm(FormModel):
    """Earlier, or later."""

    places: Literal["-1", "1"]


class MinutesForm(FormModel):
    """What was said, and who was there."""

    came: People | None = None
    also: ShortWords = ""
    words: Annotated[str, Field(min_length=1, max_length=MINUTES_MAX)]


class PublishForm(FormModel):
    """Why the minutes are corrected."""

    why: ShortWords = ""


class ScribeForm(FormModel):
    """Who writes."""

    scribe_id: UUID | None = None


class SignInForm(FormModel):
    """What the sign-in sheet says."""

    came: list[UUID] = []
    named: list[UUID] = []


class HandsForm(FormModel):
    """A decision by show of hands."""

    question: Asked
    agenda_item_id: UUID | None = None
    yes: People
    no: People
    abstained: People
    words: ShortWords = ""


class BallotForm(FormModel):
    """A question to be answered in the page; it stands beside the form for hands."""

    asked: Asked
    about_id: UUID | None = None
    closes_at: When


class VoteForm(FormModel):
    """One's vote."""

    choice: Choice


class TaskForm(FormModel):
    """Who does what, until when."""

    words: Asked
    owner: UUID | Literal["office"] | None = None
    due_on: Day
    decision_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaskAsTyped:
    """A task as its form shows it."""

    words: str
    owner: UUID | str | None
    due_on: date
    decision_id: UUID | None
    version: int

    @classmethod
    def of(cls, task: Task) -> Self:
        """With the office as an owner like any other."""
        owner = "office" if task.by_office else task.owner_id
        return cls(task.words, owner, task.due_on, task.decision_id, task.version)


class OutcomeForm(FormModel):
    """How it went."""

    went: Went
    words: ShortWords = ""


class LookBackForm(FormModel):
    """What became of the meeting."""

    words: Annotated[str, Field(min_length=2, max_length=1000)]
