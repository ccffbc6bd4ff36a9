"""A case in plain words. Never kept, never logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from geo_service.reports.files.told import Told
from geo_service.reports.models import AnswerBy, Routing, Rung, Stage
from geo_service.reports.schemas.progress import Said


@dataclass(frozen=True, slots=True)
class ReportRead:
    """One report."""

    id: UUID
    number: str
    told_at: datetime
    categories: Sequence[str]
    routing: Routing
    answer_by: AnswerBy
    by_watcher: bool
    due_on: date
    told: Told | None
    """None once its time was over and it was destroyed."""
    messages: Sequence[Said]
    photos: Sequence[UUID]

    @property
    def can_answer(self) -> bool:
        """Whether who told it reads answers."""
        return self.told is not None and self.answer_by is not AnswerBy.NONE


@dataclass(frozen=True, slots=True)
class StepRead:
    """One step."""

    id: UUID
    rung: Rung
    due_on: date | None
    done_at: datetime | None
    outcome: str | None
    who: str | None
    words: str


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case with all that belongs to it."""

    id: UUID
    number: str
    centre_id: UUID
    centre: str
    stage: Stage
    who: str | None
    assigned_to: UUID | None
    opened_at: datetime
    due_on: date | None
    follow_up_on: date | None
    version: int
    summary: str
    connected_to: str
    steps: Sequence[StepRead]
    reports: Sequence[ReportRead]
    offered_to: UUID | None
    """The centre that was asked to take it, until it answers."""
    moves: Sequence[Stage]
    """Where it may go from here."""

    @property
    def is_open(self) -> bool:
        """Whether there may be something to do."""
        return self.stage is not Stage.CLOSED

    @property
    def next_step(self) -> StepRead | None:
        """What is to be done now."""
        return next((step for step in self.steps if step.done_at is None), None)
