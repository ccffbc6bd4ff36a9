"""One person's wish to work for one job, and what became of it."""

from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Enum,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    case,
    exists,
    not_,
    text,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.jobs.models import Job
from geo_service.shifts.models import Shift, ShiftState


class ApplicationState(StrEnum):
    """What has been decided."""

    SENT = auto()
    WAITING = auto()
    """Next in turn when a seat comes free."""
    OFFERED = auto()
    """A seat is kept for them until `offered_until`."""
    HIRED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it that has not come yet."""
        return self in {self.SENT, self.WAITING, self.OFFERED}


class Stage(StrEnum):
    """How far it has come: the decision, and then what the shifts say."""

    SENT = auto()
    WAITING = auto()
    OFFERED = auto()
    HIRED = auto()
    ATTENDED = auto()
    """They have come at least once."""
    CONFIRMED = auto()
    """All of it is worked, and the office vouches for it."""
    DECLINED = auto()
    WITHDRAWN = auto()


class Way(StrEnum):
    """Who wrote the application."""

    SELF = auto()
    FAMILY = auto()
    """Somebody close, with the worker's consent."""
    COUNTER = auto()
    """An officer at the counter, with the worker's consent."""


class Consent(StrEnum):
    """How the worker said yes to being applied for."""

    BESIDE = auto()
    """They sat beside it."""
    PHONE = auto()
    PAPER = auto()
    """Signed, and kept by the office."""


class Reason(StrEnum):
    """Why it was decided so."""

    TURN = auto()
    """The published rule; `rank` says the place."""
    OFFICE = auto()
    """The office decided; `reason_words` says why."""
    HOURS = auto()
    """The programme allows them no more hours."""
    BUDGET = auto()
    """The programme has no more money."""
    ELSEWHERE = auto()
    """They work somewhere else at that time."""
    EXPIRED = auto()
    """They did not answer the offer in time."""
    CLOSED = auto()
    """The job ended before it was their turn."""
    OWN = auto()
    """Their own wish."""


_STAGE: Any = Enum(Stage, values_callable=lambda stages: [one.value for one in stages])


def _stage(
    job_id: Mapped[UUID], person_id: Mapped[UUID], state: Mapped[ApplicationState]
) -> ColumnElement[Stage]:
    """As the shifts of this person for this job stand; the decision, until somebody is hired."""

    def has_shift(*states: ShiftState) -> ColumnElement[bool]:
        of_this = (Shift.job_id == job_id, Shift.person_id == person_id, Shift.state.in_(states))
        return exists().where(*of_this).correlate_except(Shift)

    pending = has_shift(ShiftState.PLANNED, ShiftState.ATTENDED)
    stages = case(
        (state != ApplicationState.HIRED, type_coerce(state, String)),
        (not_(pending) & has_shift(ShiftState.CONFIRMED), Stage.CONFIRMED.value),
        (has_shift(ShiftState.ATTENDED, ShiftState.CONFIRMED), Stage.ATTENDED.value),
        else_=Stage.HIRED.value,
    )
    return type_coerce(stages, _STAGE)


_ANSWERS = (
    "CASE jsonb_typeof(answers) WHEN 'array' THEN"
    " jsonb_array_length(answers) <= 5 AND length(answers::text) <= 12000"
    ' AND NOT jsonb_path_exists(answers, \'$[*] ? (@.type() != "object"'
    ' || !exists(@.question ? (@.type() == "string" && @ like_regex "^."))'
    ' || !exists(@.answer ? (@.type() == "string" && @ like_regex "^.")))\')'
    " ELSE false END"
)


class Application(Base):
    """A person who would like to work for a job."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("job_id", "person_id", name="application_once_key"),
        UniqueConstraint("job_id", "number", name="application_number_key"),
        CheckConstraint(
            "state IN ('sent', 'waiting', 'offered', 'hired', 'declined', 'withdrawn')",
            name="state",
        ),
        CheckConstraint("way IN ('self', 'family', 'counter')", name="way"),
        CheckConstraint("consent IN ('beside', 'phone', 'paper')", name="consent"),
        CheckConstraint(
            "(way = 'self') = (consent IS NULL) AND (way = 'self') = (consented_at IS NULL)",
            name="consented",
        ),
        CheckConstraint(
            "reason IN ('turn', 'office', 'hours', 'budget', 'elsewhere', 'expired', 'closed',"
            " 'own')",
            name="reason",
        ),
        CheckConstraint("state <> 'declined' OR reason IS NOT NULL", name="explained"),
        CheckConstraint("reason <> 'office' OR btrim(reason_words) <> ''", name="in_words"),
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offered"),
        CheckConstraint("state <> 'waiting' OR rank IS NOT NULL", name="ranked"),
        CheckConstraint("number >= 1 AND rank >= 1 AND minutes_before >= 0", name="counted"),
        CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
        CheckConstraint(_ANSWERS, name="answered"),
        Index("application_rank_key", "job_id", "rank", unique=True),
        Index("application_person_id_idx", "person_id"),
        Index("application_by_id_idx", "by_id"),
        Index(
            "application_open_idx",
            "job_id",
            postgresql_where=text("state IN ('sent', 'waiting', 'offered')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    job_id: Mapped[UUID] = mapped_column(ForeignKey(Job.id, ondelete="CASCADE"))
    job: Mapped[Job] = relationship(init=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    """Who is going to work."""
    person: Mapped[Person] = relationship(init=False, foreign_keys=[person_id])
    number: Mapped[int]
    """1 is who applied first for this job. Public where lots are drawn; a name never is."""
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164: where the office reaches them. None after they have left."""
    answers: Mapped[list[dict[str, str]]] = mapped_column(
        JSONB, default_factory=list, server_default=text("'[]'")
    )
    """`question` as it was asked, and `answer`."""
    way: Mapped[Way] = mapped_column(default=Way.SELF, server_default=text("'self'"))
    by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    """Who wrote it for them, and noted their consent."""
    by: Mapped[Person | None] = relationship(init=False, foreign_keys=[by_id])
    consent: Mapped[Consent | None] = mapped_column(default=None)
    consented_at: Mapped[datetime | None] = mapped_column(default=None)
    applied_at: Mapped[datetime] = mapped_column(default_factory=now)
    state: Mapped[ApplicationState] = mapped_column(
        default=ApplicationState.SENT, server_default=text("'sent'")
    )
    moved_at: Mapped[datetime] = mapped_column(default_factory=now)
    """When it came into this state."""
    decided_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    """The officer who did so; None where the rule or the person did."""
    rank: Mapped[int | None] = mapped_column(default=None)
    """The place that the rule gave them; in this order the waiting list moves up."""
    minutes_before: Mapped[int | None] = mapped_column(default=None)
    """What they worked in the month of the decision, where the rule asks for that."""
    reason: Mapped[Reason | None] = mapped_column(default=None)
    reason_words: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """What the office wants to say about it; they read it."""
    offered_until: Mapped[datetime | None] = mapped_column(default=None)
    job_version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """The version of the job that they know."""
    closing_told_at: Mapped[datetime | None] = mapped_column(default=None)
    """When they were told that the job had closed before it was decided."""

    stage: Mapped[Stage] = column_property(_stage(job_id, person_id, state))

    @property
    def receipt(self) -> str:
        """What one says on the telephone."""
        return f"{self.job_id.hex[:4].upper()}-{self.number}"
