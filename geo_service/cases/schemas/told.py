"""Cases as programs are told them, and what programs send."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from geo_service.cases.models import Outcome
from geo_service.cases.schemas.card import Card
from geo_service.cases.schemas.read import CaseRead, ReportRead, StepRead
from geo_service.reports.models import CaseFile, Rung, SaidBy, Stage

Words = Annotated[str, Field(max_length=2000)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class TakeUpIn(_In):
    """A report that nobody has taken up."""

    report_id: UUID


class StageIn(_In):
    """A stage, and what it asks for."""

    stage: Stage
    connected_to: Annotated[str, Field(max_length=100, description="For `connected`.")] = ""
    words: Annotated[str, Field(max_length=500, description="How it ended; for `closed`.")] = ""


class StepIn(_In):
    """What is to be done."""

    rung: Rung
    due_on: Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))] = None


class OutcomeIn(_In):
    """What came of it."""

    outcome: Outcome
    words: Words = ""


class MessageIn(_In):
    """A word to who told it."""

    report_id: UUID
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class MergeIn(_In):
    """The case that is the same household."""

    other_id: UUID


class HandoverIn(_In):
    """Who should answer."""

    centre_id: UUID


class HandoverAnswerIn(_In):
    """Whether we take what we were asked to; or, of our own case, that we keep it after all."""

    accepted: bool


class CardOut(BaseModel):
    """A case on the board, or a report that nobody has taken up; nothing that is sealed."""

    id: UUID
    number: str
    is_report: Annotated[bool, Field(description="Nobody has taken it up: it is no case yet.")]
    stage: Stage
    categories: list[str]
    is_urgent: bool
    since: datetime
    due_on: date | None
    due_for: str
    mark: Annotated[
        str, Field(description="`border`, `unconfirmed`, `handed`, `sent`, `ending` or nothing.")
    ]
    who: str | None
    reports: int
    version: int

    @classmethod
    def of(cls, card: Card) -> Self:
        """As the board shows it."""
        return cls(
            id=card.id,
            number=card.number,
            is_report=card.case_id is None,
            stage=card.stage,
            categories=list(card.categories),
            is_urgent=card.is_urgent,
            since=card.since,
            due_on=card.due_on,
            due_for=card.due_for,
            mark=card.mark,
            who=card.who,
            reports=card.reports,
            version=card.version,
        )


class MessageOut(BaseModel):
    """What one side said."""

    said_by: SaidBy
    said_at: datetime
    text: str


class ReportOut(BaseModel):
    """What was told; null where its time was over and it was destroyed."""

    id: UUID
    number: str
    told_at: datetime
    categories: list[str]
    where: str | None
    lat: float | None
    lng: float | None
    story: str | None
    subject: str | None
    messages: list[MessageOut]

    @classmethod
    def of(cls, read: ReportRead) -> Self:
        """In plain words."""
        told = read.told
        place = told.place if told else None
        return cls(
            id=read.id,
            number=read.number,
            told_at=read.told_at,
            categories=list(read.categories),
            where=told and told.where_words,
            lat=place and place.lat,
            lng=place and place.lng,
            story=told and told.story,
            subject=told and told.subject,
            messages=[
                MessageOut(said_by=each.said_by, said_at=each.said_at, text=each.text)
                for each in read.messages
            ],
        )


class StepOut(BaseModel):
    """A step of a case."""

    id: UUID
    rung: Rung
    due_on: date | None
    done_at: datetime | None
    outcome: str | None
    words: str

    @classmethod
    def of(cls, read: StepRead) -> Self:
        """In plain words."""
        return cls(
            id=read.id,
            rung=read.rung,
            due_on=read.due_on,
            done_at=read.done_at,
            outcome=read.outcome,
            words=read.words,
        )


class CaseOut(BaseModel):
    """A case with all that belongs to it."""

    id: UUID
    number: str
    stage: Stage
    who: str | None
    due_on: date | None
    follow_up_on: date | None
    version: int
    summary: str
    connected_to: str
    steps: list[StepOut]
    reports: list[ReportOut]

    @classmethod
    def of(cls, read: CaseRead) -> Self:
        """In plain words."""
        return cls(
            id=read.id,
            number=read.number,
            stage=read.stage,
            who=read.who,
            due_on=read.due_on,
            follow_up_on=read.follow_up_on,
            version=read.version,
            summary=read.summary,
            connected_to=read.connected_to,
            steps=[StepOut.of(step) for step in read.steps],
            reports=[ReportOut.of(report) for report in read.reports],
        )


class CaseStateOut(BaseModel):
    """How a case stands after a deed; nothing sealed, for such answers are kept for a while."""

    id: UUID
    number: str
    stage: Stage
    due_on: date | None
    version: int

    @classmethod
    def of(cls, case: CaseFile) -> Self:
        """As it is now."""
        return cls(
            id=case.id,
            number=case.number,
            stage=case.stage,
            due_on=case.due_on,
            version=case.version,
        )
