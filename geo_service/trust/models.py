"""Reviews in rounds, and a person's own words beside their record."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.hiring.models import Application
from geo_service.shifts.models import Shift


class Side(StrEnum):
    """Who writes."""

    PERSON = auto()
    """About the office and the work."""
    OFFICE = auto()
    """About the person."""

    @property
    def other(self) -> "Side":
        """Who is written about."""
        return Side.OFFICE if self is Side.PERSON else Side.PERSON


class Answer(StrEnum):
    """To both questions."""

    YES = auto()
    PARTLY = auto()
    NO = auto()


_ANSWERS = "('yes', 'partly', 'no')"


class Round(Base):
    """The week after confirmed work in which both sides may write."""

    __tablename__ = "review_round"
    __table_args__ = (
        CheckConstraint("closes_at > opened_at", name="lasting"),
        Index("review_round_closes_at_idx", "closes_at"),
    )

    application_id: Mapped[UUID] = mapped_column(
        ForeignKey(Application.id, ondelete="CASCADE"), primary_key=True
    )
    application: Mapped[Application] = relationship(init=False)
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class Review(Base):
    """What one side says of the other."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("application_id", "side", name="review_once_key"),
        CheckConstraint("side IN ('person', 'office')", name="side"),
        CheckConstraint(f"kept IN {_ANSWERS} AND again IN {_ANSWERS}", name="answered"),
        Index("review_by_id_idx", "by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey(Round.application_id, ondelete="CASCADE")
    )
    round: Mapped[Round] = relationship(init=False)
    side: Mapped[Side]
    kept: Mapped[Answer]
    """Of the office: was it as described? Of the person: did they keep the time?"""
    again: Mapped[Answer]
    """Would they work there, or with them, again?"""
    line: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    written_at: Mapped[datetime] = mapped_column(default_factory=now)
    reply: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    """What the other side answers, once it is shown."""


class Remark(Base):
    """What a person says of a shift that their record tells wrongly."""

    __tablename__ = "remark"
    __table_args__ = (CheckConstraint("btrim(words) <> ''", name="in_words"),)

    shift_id: Mapped[UUID] = mapped_column(
        ForeignKey(Shift.id, ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(String(300))
    written_at: Mapped[datetime] = mapped_column(default_factory=now)
