"""What caseworkers type."""

from enum import StrEnum, auto
from typing import Annotated, Self
from uuid import UUID

from fastapi import UploadFile
from pydantic import Field, model_validator

from geo_service.cases.models import Outcome
from geo_service.reports.models import Result, Rung, Season, Stage
from geo_service.web.fields import Day, FormModel, Line, unfit

Text = Annotated[str, Field(max_length=2000)]
Choice = Annotated[UUID, Field(json_schema_extra={"chosen": True})]


class Purpose(StrEnum):
    """What somebody opens a colleague's case for."""

    INSTEAD = auto()
    URGENT = auto()
    TOGETHER = auto()
    CONCERNED = auto()
    """The person concerned asked."""


class NoForm(FormModel):
    """A deed that asks nothing."""


class PurposeForm(FormModel):
    """Why."""

    purpose: Purpose


class MoveForm(FormModel):
    """A stage, and what it asks for."""

    stage: Stage
    connected_to: Annotated[Line, Field(max_length=100)] = ""
    words: Annotated[str, Field(max_length=500)] = ""


class OutcomeForm(FormModel):
    """What came of a step."""

    outcome: Outcome
    words: Text = ""


class StepForm(FormModel):
    """What is to be done."""

    rung: Rung
    due_on: Day | None = None


class AssignForm(FormModel):
    """Who looks after it."""

    person_id: Choice


class SummaryForm(FormModel):
    """The case in a few lines."""

    summary: Annotated[str, Field(max_length=2000)] = ""


class TalkForm(FormModel):
    """A word to who told it."""

    report_id: UUID
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class ReportForm(FormModel):
    """One of the reports of a case."""

    report_id: UUID


class JoinForm(FormModel):
    """The case that a report belongs to."""

    case_id: Choice


class MergeForm(FormModel):
    """The case that is the same household; a colleague's, for who says what for."""

    other_id: Choice
    purpose: Purpose | None = None


class HandoverForm(FormModel):
    """Who should answer."""

    centre_id: Choice


class RoundForm(FormModel):
    """A survey of a season."""

    centre_id: UUID | None = None
    season: Season
    starts_on: Day
    ends_on: Day

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.ends_on < self.starts_on:
            raise unfit("It ends before it begins.", "마지막 날이 첫날보다 빨라요.")
        return self


class FileForm(FormModel):
    """A list of households."""

    file: UploadFile


class VisitForm(FormModel):
    """How a household was found."""

    result: Result
    words: Text = ""
