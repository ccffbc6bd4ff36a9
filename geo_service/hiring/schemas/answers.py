"""Applications over the API."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from geo_service.accounts.models import Tongue
from geo_service.hiring.models import Application, Consent, Draw, Reason, Stage, Way
from geo_service.hiring.schemas.forms import Name
from geo_service.hiring.schemas.reasons import why
from geo_service.web.fields import Telephone

Plain = Annotated[str, StringConstraints(pattern="^[^\x00]*$", strip_whitespace=True)]

Answers = Annotated[
    list[Annotated[Plain, Field(min_length=1, max_length=1000)]], Field(max_length=5)
]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WorkerIn(_In):
    """Somebody else who is going to work, and agreed to being applied for."""

    name: Annotated[Name, StringConstraints(pattern="^[^\x00]*$")]
    phone: Telephone
    consent: Consent


class ApplicationIn(_In):
    """A wish to work for a job."""

    phone: Telephone | None = None
    """One's own; not for somebody else, who has a telephone of their own."""
    worker: WorkerIn | None = None
    """Who is going to work, where it is not oneself."""
    answers: Answers = []
    """To the job's questions, in their order."""


class CounterIn(WorkerIn):
    """The same, written down by an officer."""

    answers: Answers = []


class DecisionIn(_In):
    """What an officer decides about one application."""

    decision: Literal["hire", "offer", "decline"]
    words: Annotated[Plain, Field(max_length=300)] = ""
    """Why, where they say no: they read it."""


class WithdrawalIn(_In):
    """Nothing needs to be said."""


class AnswerOut(BaseModel):
    """One answer, with the question as it was asked."""

    question: str
    answer: str


class ApplicationOut(BaseModel):
    """An application, as whom it concerns may read it."""

    id: UUID
    job_id: UUID
    receipt: str
    number: int
    worker: str
    way: Way
    stage: Stage
    applied_at: datetime
    moved_at: datetime
    rank: int | None
    """The place that the rule gave; None while nothing is decided."""
    reason: Reason | None
    why: str
    """The same in Korean."""
    offered_until: datetime | None
    answers: list[AnswerOut]

    @classmethod
    def of(cls, application: Application) -> Self:
        """As it is now."""
        return cls(**_told(application))


class OfficeApplicationOut(ApplicationOut):
    """An application, as its office reads it."""

    phone: str | None
    consent: Consent | None
    minutes_before: int | None

    @classmethod
    def of(cls, application: Application) -> Self:
        """As it is now."""
        return cls(
            **_told(application),
            phone=application.phone,
            consent=application.consent,
            minutes_before=application.minutes_before,
        )


def _told(application: Application) -> dict[str, Any]:
    return {
        "id": application.id,
        "job_id": application.job_id,
        "receipt": application.receipt,
        "number": application.number,
        "worker": application.person.name,
        "way": application.way,
        "stage": application.stage,
        "applied_at": application.applied_at,
        "moved_at": application.moved_at,
        "rank": application.rank,
        "reason": application.reason,
        "why": why(application, Tongue.KO),
        "offered_until": application.offered_until,
        "answers": [
            AnswerOut(question=answer["question"], answer=answer["answer"])
            for answer in application.answers
        ],
    }


class ApplicationsOut(BaseModel):
    """One's own applications, the latest first."""

    applications: list[ApplicationOut]


class OfficeApplicationsOut(BaseModel):
    """All applications for a job, in the order of applying."""

    applications: list[OfficeApplicationOut]

    @classmethod
    def of(cls, applications: Iterable[Application]) -> Self:
        """As they are now."""
        told = [OfficeApplicationOut.of(application) for application in applications]
        return cls(applications=told)


ALGORITHM = (
    "The lot of each number is SHA-256 of “seed:number” in hexadecimal;"
    " whoever has the smallest lot comes first."
)


class DrawOut(BaseModel):
    """A lottery, as anybody may check it. Numbers are those of applications, never names."""

    commitment: str
    """SHA-256 of the seed, told since `committed_at`."""
    committed_at: datetime
    seed: str | None
    """None until it was drawn."""
    drawn_at: datetime | None
    seats: int
    """How many were free then."""
    algorithm: str
    numbers: list[int]
    result: list[int]

    @classmethod
    def of(cls, draw: Draw) -> Self:
        """What may be told of it now."""
        return cls(
            commitment=draw.commitment,
            committed_at=draw.committed_at,
            seed=draw.seed if draw.drawn_at else None,
            drawn_at=draw.drawn_at,
            seats=draw.seats,
            algorithm=ALGORITHM,
            numbers=draw.numbers,
            result=draw.result,
        )


class DrawsOut(BaseModel):
    """All draws of a job, the latest first."""

    draws: list[DrawOut]
