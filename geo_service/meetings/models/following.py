"""What follows from a meeting: who does what, and what became of it after four weeks."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.meeting import Meeting
from geo_service.meetings.models.record import Decision


class Task(Base):
    """Something that somebody took on."""

    __tablename__ = "meeting_task"
    __table_args__ = (
        CheckConstraint("btrim(words) <> ''", name="in_words"),
        CheckConstraint("done_at >= taken_on_at", name="done_after_taken_on"),
        Index("meeting_task_meeting_id_idx", "meeting_id", "due_on"),
        Index("meeting_task_owner_id_idx", "owner_id"),
        Index("meeting_task_decision_id_idx", "decision_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    decision_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Decision.id, ondelete="SET NULL"), default=None
    )
    words: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    owner: Mapped[Person | None] = relationship(init=False)
    owner_words: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    """Who does it, where that is no account: "the dong centre", "all of us"."""
    named: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether the owner agrees to be named."""
    due_on: Mapped[date | None] = mapped_column(default=None)
    taken_on_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """What became of it."""


class LookBack(Base):
    """What became of a meeting after some weeks."""

    __tablename__ = "meeting_look_back"
    __table_args__ = (CheckConstraint("btrim(words) <> ''", name="in_words"),)

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True, default=None
    )
    looked_at: Mapped[datetime]
