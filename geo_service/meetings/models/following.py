"""What follows from a meeting: who does what, and what became of it after four weeks."""

from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.deciding import Decision
from geo_service.meetings.models.meeting import Meeting


class Went(StrEnum):
    """What became of a task."""

    DONE = auto()
    PARTLY = auto()
    NOT_YET = auto()


class Task(Base):
    """Something that somebody took on: who agreed to be named, or the office."""

    __tablename__ = "meeting_task"
    __table_args__ = (
        CheckConstraint("btrim(words) <> ''", name="in_words"),
        CheckConstraint("NOT (by_office AND owner_id IS NOT NULL)", name="one_owner"),
        CheckConstraint("went IN ('done', 'partly', 'not_yet')", name="went"),
        CheckConstraint("went IS NOT NULL OR went_words = ''", name="told_in_whole"),
        CheckConstraint("(went IS NULL) = (went_at IS NULL)", name="told_some_time"),
        CheckConstraint("version >= 1", name="versioned"),
        Index("meeting_task_meeting_id_idx", "meeting_id", "due_on"),
        Index("meeting_task_owner_id_idx", "owner_id"),
        Index("meeting_task_decision_id_idx", "decision_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    decision_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Decision.id, ondelete="SET NULL"), default=None
    )
    words: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    by_office: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether the office of the meeting does it; with neither, somebody is still looked for."""
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    went: Mapped[Went | None] = mapped_column(default=None)
    """What became of it, when its owner was asked."""
    went_words: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    went_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class LookBack(Base):
    """That it was asked what became of a meeting, and the answer."""

    __tablename__ = "meeting_look_back"
    __table_args__ = (
        CheckConstraint("(btrim(words) <> '') = (looked_at IS NOT NULL)", name="answered"),
    )

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), primary_key=True
    )
    asked_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(String(1000), default="", server_default=text("''"))
    by_office: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    looked_at: Mapped[datetime | None] = mapped_column(default=None)
