"""When people are free, and calls that ring."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.jobs.models import Job

RINGS_M = (700, 1_000, 1_500)
"""How far from the place people are asked, one ring after the other."""


class Availability(Base):
    """The hours of the week in which somebody would come at short notice."""

    __tablename__ = "availability"
    __table_args__ = (
        CheckConstraint("week <@ '{[0,10080)}'::int4multirange", name="one_week"),
        CheckConstraint("NOT isempty(week)", name="some_time"),
    )

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[list[Range[int]]] = mapped_column(INT4MULTIRANGE)
    """Minutes of the week, from Monday 00:00 in Korea."""
    paused_until: Mapped[datetime | None] = mapped_column(default=None)


class CallState(StrEnum):
    """Where a call is in its life."""

    RINGING = auto()
    FILLED = auto()
    EXHAUSTED = auto()
    """Nobody in the last ring came either."""
    STOPPED = auto()


class Call(Base):
    """The one urgent call of a job."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("state IN ('ringing', 'filled', 'exhausted', 'stopped')", name="state"),
        CheckConstraint(f"ring BETWEEN 0 AND {len(RINGS_M) - 1}", name="ring"),
        CheckConstraint("needed_at > opened_at", name="ahead"),
    )

    job_id: Mapped[UUID] = mapped_column(ForeignKey(Job.id, ondelete="CASCADE"), primary_key=True)
    job: Mapped[Job] = relationship(init=False)
    needed_at: Mapped[datetime]
    """When the work begins."""
    opened_at: Mapped[datetime] = mapped_column(default_factory=now)
    opened_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    ring: Mapped[int] = mapped_column(default=0)
    """Which of `RINGS_M` was rung last."""
    state: Mapped[CallState] = mapped_column(default=CallState.RINGING)


class Reply(StrEnum):
    """What somebody answered."""

    YES = auto()
    NO = auto()


class Asked(Base):
    """That somebody was asked."""

    __tablename__ = "call_asked"
    __table_args__ = (
        CheckConstraint("reply IN ('yes', 'no')", name="reply"),
        Index("call_asked_person_id_idx", "person_id"),
    )

    job_id: Mapped[UUID] = mapped_column(
        ForeignKey(Call.job_id, ondelete="CASCADE"), primary_key=True
    )
    call: Mapped[Call] = relationship(init=False)
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    asked_at: Mapped[datetime]
    reply: Mapped[Reply | None] = mapped_column(default=None)
