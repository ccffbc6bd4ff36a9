"""What everybody may read of a meeting, as JSON."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from geo_service.meetings.models import Choice, MeetingState, Way, Went


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ItemOut(_Out):
    """One thing to talk about."""

    id: UUID
    title: str
    words: str
    lasts_min: int
    asks_decision: bool
    version: int


class ToldItemOut(ItemOut):
    """The same, and who added it."""

    by: Annotated[str | None, Field(description="A neighbour who agreed to be named.")]
    by_office: bool


class DraftOut(_Out):
    """The minutes as far as they are written; only who writes them reads this."""

    words: str
    also: str
    came: int | None
    scribe_id: UUID | None
    version: int


class EditionOut(_Out):
    """The minutes as they were published; a correction is another edition."""

    number: int
    words: str
    also: str
    came: int | None
    why: Annotated[str, Field(description="What was wrong with the edition before.")]
    by_office: bool
    published_at: datetime


class SlipOut(_Out):
    """One vote; its code is known to its voter alone."""

    code: str
    choice: Choice


class DecisionOut(_Out):
    """A question, and what was said to it: nothing before it is closed."""

    id: UUID
    question: str
    words: str
    way: Way
    yes: int
    no: int
    abstained: int
    voted: int
    entitled: Annotated[int | None, Field(description="How many could have voted in the page.")]
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None


class ToldDecisionOut(DecisionOut):
    """The same with its item of the agenda, and every slip of a closed ballot."""

    item: str | None
    slips: list[SlipOut]


class VoteOut(_Out):
    """The code of one's slip. Nobody can tell it to you again."""

    code: str


class TaskOut(_Out):
    """Who does what."""

    id: UUID
    words: str
    by_office: bool
    due_on: date
    done_at: datetime | None
    went: Went | None
    went_words: str
    decision_id: UUID | None
    version: int


class ToldTaskOut(_Out):
    """The same for everybody."""

    id: UUID
    words: str
    owner: Annotated[str | None, Field(description="A neighbour who agreed to be named.")]
    by_office: bool
    due_on: date
    done_at: datetime | None
    went: Went | None
    went_words: str
    decision_id: UUID | None


class LookBackOut(_Out):
    """What became of the meeting."""

    words: str
    by_office: bool
    looked_at: datetime | None


class RecordOut(_Out):
    """All of it. Nobody is named in it who did not agree."""

    meeting_id: UUID
    state: MeetingState
    agenda: list[ToldItemOut]
    scribe: str | None
    editions: Annotated[list[EditionOut], Field(description="The minutes, latest first.")]
    people: list[str]
    decisions: list[ToldDecisionOut]
    tasks: list[ToldTaskOut]
    looked_back: str
    looked_back_at: datetime | None
