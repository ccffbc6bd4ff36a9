"""What is asked of who enrols, one page after the other, and of dong centres."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from geo_service.web.fields import Agreed, Day, FormModel, Line, Telephone, When, Whole, unfit

Reason = Annotated[str, Field(min_length=2, max_length=300)]


class PledgeForm(FormModel):
    """A promise."""

    agreed: Agreed


class AnswerForm(FormModel):
    """The answer to the question of a lesson, by its place."""

    choice: Annotated[Whole, Field(le=9)]


class DongForm(FormModel):
    """Which dong."""

    office_id: UUID


class ContactForm(FormModel):
    """Where the dong centre may call."""

    phone: Telephone


class NameForm(FormModel):
    """What stands on the card."""

    name: Annotated[Line, Field(min_length=1, max_length=30)]


class NothingForm(FormModel):
    """Nothing more to say."""


class ReasonForm(FormModel):
    """Why not, or no more; they read it."""

    reason: Reason


class TermsForm(FormModel):
    """What a dong centre sets."""

    at_once: bool = False
    enough: Annotated[Whole, Field(ge=1, le=1000)]


class BenefitForm(FormModel):
    """Something to thank watchers with."""

    title: Annotated[Line, Field(min_length=1, max_length=80)]
    partner: Annotated[Line, Field(min_length=1, max_length=80)]
    words: Annotated[str, Field(max_length=500)] = ""
    good_from: Day
    good_until: Day | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.good_until is not None and self.good_until < self.good_from:
            raise unfit("The last day is before the first.", "마지막 날이 첫날보다 앞서요.")
        return self


class NewBenefitForm(BenefitForm):
    """The same, and of which office it is."""

    office_id: UUID | None = None


class ActivityForm(FormModel):
    """One line of a plan."""

    what: Annotated[Line, Field(min_length=1, max_length=100)]
    meet_at: Annotated[Line, Field(min_length=1, max_length=140)]
    starts_at: When
    ends_at: When
    seats: Annotated[Whole, Field(ge=1, le=1000)] | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise unfit("The end is not after the beginning.", "끝나는 때가 시작보다 뒤여야 해요.")
        return self


class DoneForm(FormModel):
    """What became of it."""

    came: Annotated[Whole, Field(le=10_000)]
    words: Annotated[str, Field(max_length=500)] = ""
