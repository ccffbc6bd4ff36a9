"""Calls and free hours as they cross the border."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from geo_service.hours.week import DAY, Span
from geo_service.urgent.models import RINGS_M, Asked, Availability, Call, CallState
from geo_service.web.fields import FormModel, When

BLOCKS = {"morning": (6, 10), "noon": (10, 14), "afternoon": (14, 18), "evening": (18, 22)}
"""Parts of a day that one can be free in. Units: hours."""

Block = Annotated[str, StringConstraints(pattern=r"^[0-6]-(morning|noon|afternoon|evening)$")]
"""Such as `0-morning`: Monday from six to ten."""


def span_of(block: str) -> Span:
    """The minutes of the week that a block stands for."""
    day, _, part = block.partition("-")
    opens, closes = BLOCKS[part]
    return int(day) * DAY + opens * 60, int(day) * DAY + closes * 60


class FreeForm(FormModel):
    """The blocks of a week in which one may be asked."""

    block: list[Block] = []


class CallForm(FormModel):
    """When the work begins."""

    needed_at: When


class FreeIn(BaseModel):
    """The hours of the week in which one may be asked."""

    model_config = ConfigDict(extra="forbid")

    blocks: Annotated[
        list[Block],
        Field(
            max_length=28,
            description="Day 0 is Monday; none at all: do not ask me.",
            examples=[["0-morning", "2-evening"]],
        ),
    ]


class SpanOut(BaseModel):
    """From when until when. Units: minutes of the week, from Monday 00:00 in Korea."""

    opens: int
    closes: int


class FreeOut(BaseModel):
    """The same, as it is kept."""

    week: list[SpanOut]

    @classmethod
    def of(cls, known: Availability | None) -> Self:
        """Nothing said is no hour at all."""
        spans = known.week if known else []
        return cls(week=[SpanOut(opens=span.lower or 0, closes=span.upper or 0) for span in spans])


class CallIn(BaseModel):
    """When the work begins."""

    model_config = ConfigDict(extra="forbid")

    needed_at: Annotated[AwareDatetime, Field(examples=["2026-11-22T18:00:00+09:00"])]


class CallOut(BaseModel):
    """How far a call has come. Whom it asked, and how many, is told to nobody."""

    job_id: UUID
    state: CallState
    needed_at: datetime
    within_m: Annotated[int, Field(description="The ring that was asked last.")]

    @classmethod
    def of(cls, call: Call) -> Self:
        """What an office is told."""
        return cls(
            job_id=call.job_id,
            state=call.state,
            needed_at=call.needed_at,
            within_m=RINGS_M[call.ring],
        )


class AskedOut(BaseModel):
    """That one is asked."""

    job_id: UUID
    title: str
    address: str
    needed_at: datetime

    @classmethod
    def of(cls, asked: Asked) -> Self:
        """What the person is told."""
        job = asked.call.job
        return cls(
            job_id=asked.job_id,
            title=job.title,
            address=job.address,
            needed_at=asked.call.needed_at,
        )
