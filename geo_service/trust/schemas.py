"""Reviews and records as they cross the border."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from geo_service.offices.models import OfficeKind
from geo_service.trust.models import Answer, Review
from geo_service.web.fields import FormModel, Line

ShortLine = Annotated[Line, Field(max_length=200)]


class ReviewForm(FormModel):
    """Two questions and a line, typed into a page."""

    kept: Answer
    again: Answer
    line: ShortLine | None = None


class ReplyForm(FormModel):
    """An answer to a review."""

    words: Annotated[Line, Field(min_length=1, max_length=200)]


class RemarkForm(FormModel):
    """What a person says of a missed shift."""

    words: Annotated[Line, Field(min_length=1, max_length=300)]


class ReviewIn(BaseModel):
    """Two questions and a line."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    kept: Annotated[
        Answer,
        Field(description="Was it as described? Of a person: did they keep the agreed time?"),
    ]
    again: Annotated[Answer, Field(description="Would you work there, or with them, again?")]
    line: Annotated[str, Field(max_length=200)] = ""


class TallyOut(BaseModel):
    """How many said what; who said nothing is in none of them."""

    yes: int
    partly: int
    no: int


class ReviewOut(BaseModel):
    """What one side said, once it is shown."""

    application_id: UUID
    kept: Answer
    again: Answer
    line: str
    reply: str
    written_at: datetime

    @classmethod
    def of(cls, review: Review) -> Self:
        """Without who wrote it: an office, or a person, speaks as one."""
        return cls(
            application_id=review.application_id,
            kept=review.kept,
            again=review.again,
            line=review.line,
            reply=review.reply,
            written_at=review.written_at,
        )


class KindsOut(BaseModel):
    """Work for one kind of office."""

    kind: OfficeKind
    jobs: int
    minutes: int


class MissedOut(BaseModel):
    """A shift to which the person did not come, and what they say of it."""

    shift_id: UUID
    job: str
    work_on: date
    remark: str | None


class RecordOut(BaseModel):
    """What happened, and what was said of it."""

    jobs: int
    minutes: int
    worked: list[KindsOut]
    missed: list[MissedOut]
    kept: TallyOut
    again: TallyOut
    reviews: list[ReviewOut]


class OfficeRecordOut(BaseModel):
    """What people who worked for an office say of it."""

    kept: TallyOut
    again: TallyOut
