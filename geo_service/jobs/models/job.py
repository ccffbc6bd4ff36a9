"""A job: paid work of a few hours at a public place."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Numeric,
    String,
    case,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from geo_service.accounts.models import Person
from geo_service.listings.models import Kind, Listing
from geo_service.programmes.models import Programme


class PayUnit(StrEnum):
    """What the pay is for."""

    HOUR = auto()
    TASK = auto()


class JobState(StrEnum):
    """Where a job is in its life."""

    DRAFT = auto()
    PUBLISHED = auto()
    """Its time of publication may still be to come."""
    FILLED = auto()
    CLOSED = auto()
    DONE = auto()


class Turn(StrEnum):
    """The published rule by which people are chosen when more ask than there are seats."""

    FIRST_COME = auto()
    FEWEST_HOURS = auto()
    """Whoever has worked least for the same pay this month."""
    LOTTERY = auto()
    """By a draw whose seed is kept, so that anybody can draw again."""


QUESTIONS_AT_MOST = 5
"""More than that is a test, not a question."""

_QUESTIONS = (
    f"CASE jsonb_typeof(questions) WHEN 'array' THEN"
    f" jsonb_array_length(questions) <= {QUESTIONS_AT_MOST} AND NOT jsonb_path_exists(questions,"
    f""" '$[*] ? (@.type() != "string" || !(@ like_regex "^.{{1,200}}$"))')"""
    " ELSE false END"
)


class Job(Listing):
    """Paid work at a place."""

    __tablename__ = "job"
    __mapper_args__ = {"polymorphic_identity": Kind.JOB}
    __table_args__ = (
        CheckConstraint("pay_won > 0", name="paid"),
        CheckConstraint("pay_unit IN ('hour', 'task')", name="pay_unit"),
        CheckConstraint(
            "task_hours IS NULL OR (task_hours > 0 AND pay_unit = 'task')", name="timed_task"
        ),
        CheckConstraint("seats BETWEEN 1 AND 999", name="seated"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="never_overfilled"),
        CheckConstraint("turn IN ('first_come', 'fewest_hours', 'lottery')", name="turn"),
        CheckConstraint(_QUESTIONS, name="few_questions"),
        CheckConstraint("breaks_min BETWEEN 0 AND 240", name="short_breaks"),
        CheckConstraint("version >= 1", name="versioned"),
        CheckConstraint("works_from <= works_until", name="works_forward"),
        CheckConstraint("weekly_hours > 0 AND weekly_hours <= 52", name="lawful_week"),
        CheckConstraint("apply_phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
        Index("job_posted_by_id_idx", "posted_by_id"),
        Index("job_programme_id_idx", "programme_id"),
    )

    id: Mapped[UUID] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True, default_factory=uuid4
    )
    pay_won: Mapped[int]
    pay_unit: Mapped[PayUnit]
    task_hours: Mapped[Decimal | None] = mapped_column(Numeric(4, 1), default=None)
    """How long one task takes, where the pay is for a task."""
    allowance_programme: Mapped[str | None] = mapped_column(String(140), default=None)
    """The programme whose budget pays, such as 광산시민수당."""
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey(Programme.id), default=None)
    """The same, where it is kept here and its budget counts every planned shift."""
    works_from: Mapped[date | None] = mapped_column(default=None)
    works_until: Mapped[date | None] = mapped_column(default=None)
    weekly_hours: Mapped[Decimal | None] = mapped_column(Numeric(4, 1), default=None)
    hours_words: Mapped[str] = mapped_column(String(300), default="")
    """When one works, in the office's own words; `open_week` says it in minutes."""
    breaks_min: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Unpaid rest within one shift."""
    seats: Mapped[int] = mapped_column(default=1)
    taken: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Seats given to somebody. Moved only by `UPDATE … SET taken = taken ± 1`."""
    turn: Mapped[Turn] = mapped_column(default=Turn.FIRST_COME, server_default=text("'first_come'"))
    withdraw_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until when people may take back what they applied for; None is until the work begins."""
    questions: Mapped[list[str]] = mapped_column(
        JSONB, default_factory=list, server_default=text("'[]'")
    )
    """What the office wants to know from who applies; at most `QUESTIONS_AT_MOST`."""
    how_to_apply: Mapped[str] = mapped_column(String(1000), default="")
    apply_phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164."""
    urgent_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until when this is an urgent call (긴급 일손)."""
    posted_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Grows with every edit, so that two officers do not undo each other's work unseen."""

    @hybrid_property
    def state(self) -> JobState:
        """Where it is in its life, as its facts say."""
        if self.published_at is None:
            return JobState.DRAFT
        if self.done_at is not None:
            return JobState.DONE
        if self.closed_at is None:
            return JobState.PUBLISHED
        return JobState.FILLED if self.filled else JobState.CLOSED

    @state.inplace.expression
    @classmethod
    def _state(cls) -> ColumnElement[str]:
        return case(
            (cls.published_at.is_(None), JobState.DRAFT.value),
            (cls.done_at.is_not(None), JobState.DONE.value),
            (cls.closed_at.is_(None), JobState.PUBLISHED.value),
            (cls.filled, JobState.FILLED.value),
            else_=JobState.CLOSED.value,
        )

    @hybrid_property
    def apply_until(self) -> datetime | None:
        """The end of the time in which people may apply."""
        return self.open_during.upper

    @apply_until.inplace.expression
    @classmethod
    def _apply_until(cls) -> ColumnElement[datetime | None]:
        return func.upper(cls.open_during)

    @property
    def seats_left(self) -> int:
        """How many people are still wanted."""
        return self.seats - self.taken

    @override
    def tell(self) -> dict[str, Any]:
        """Pay, time, seats, and until when it is urgent."""
        return {
            "pay_won": self.pay_won,
            "pay_unit": self.pay_unit,
            "allowance_programme": self.allowance_programme,
            "works_from": self.works_from and self.works_from.isoformat(),
            "works_until": self.works_until and self.works_until.isoformat(),
            "weekly_hours": None if self.weekly_hours is None else float(self.weekly_hours),
            "hours_words": self.hours_words,
            "seats": self.seats,
            "urgent_until": self.urgent_until and self.urgent_until.isoformat(),
        }

    @override
    def describe(self) -> dict[str, Any]:
        """What became of it, how people are chosen, and how to apply."""
        return {
            "state": self.state,
            "seats_left": self.seats_left,
            "turn": self.turn,
            "apply_until": self.apply_until and self.apply_until.isoformat(),
            "questions": self.questions,
            "how_to_apply": self.how_to_apply,
            "apply_phone": self.apply_phone,
        }
