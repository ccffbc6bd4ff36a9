"""What programs send about a meeting's agenda, minutes, decisions and tasks."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from geo_service.meetings.models import ITEMS_MAX, MINUTES_MAX, Choice, Went
from geo_service.web.fields import Plain


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


Title = Annotated[Plain, Field(min_length=2, max_length=100, examples=["골목 쓰레기 내놓는 자리"])]
Asked = Annotated[Plain, Field(min_length=2, max_length=200)]
ShortWords = Annotated[Plain, Field(max_length=300)]
People = Annotated[int, Field(ge=0, le=1000)]
Length = Annotated[int, Field(ge=1, le=240, description="Minutes.")]


class ItemIn(_In):
    """One thing to talk about."""

    title: Title
    words: Annotated[Plain, Field(max_length=500)] = ""
    lasts_min: Length = 10
    asks_decision: bool = False


class OrderIn(_In):
    """Every item of the agenda, in the order in which it is talked about."""

    items: Annotated[list[UUID], Field(max_length=ITEMS_MAX)]


class DraftIn(_In):
    """What was said, and who was there. Names of who did not agree become `○○○`."""

    words: Annotated[Plain, Field(min_length=1, max_length=MINUTES_MAX)]
    also: Annotated[
        Plain, Field(max_length=300, description="Who came unannounced and signed to be named.")
    ] = ""
    came: People | None = None


class EditionIn(_In):
    """Why the minutes are corrected; needed from the second edition on."""

    why: ShortWords = ""


class ScribeIn(_In):
    """Who writes the minutes; null is the proposer."""

    scribe_id: UUID | None


class SignInIn(_In):
    """What the sign-in sheet says of those who were to come: ids of attendees."""

    came: Annotated[list[UUID], Field(max_length=500)]
    named: Annotated[list[UUID], Field(max_length=500)]


class HandsIn(_In):
    """A decision by show of hands."""

    question: Asked
    agenda_item_id: UUID | None = None
    yes: People
    no: People
    abstained: People
    words: ShortWords = ""


class BallotIn(_In):
    """A question to those who come."""

    question: Asked
    agenda_item_id: UUID | None = None
    closes_at: Annotated[AwareDatetime, Field(description="In five minutes to fourteen days.")]


class VoteIn(_In):
    """One's vote."""

    choice: Choice


class TaskIn(_In):
    """Who does what, until when."""

    words: Asked
    owner: Annotated[
        UUID | Literal["office"] | None,
        Field(description="Somebody who agreed to be named, the office, or nobody yet."),
    ] = None
    due_on: date
    decision_id: UUID | None = None


class OutcomeIn(_In):
    """How it went."""

    went: Went
    words: ShortWords = ""


class LookBackIn(_In):
    """What became of the meeting."""

    words: Annotated[Plain, Field(min_length=2, max_length=1000)]
