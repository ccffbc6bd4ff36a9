"""What was said and decided at a meeting."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.agenda import AgendaItem
from geo_service.meetings.models.attendee import Attendee
from geo_service.meetings.models.meeting import Meeting


class Minutes(Base):
    """What was said, in the words of who wrote it down."""

    __tablename__ = "meeting_minutes"
    __table_args__ = (
        CheckConstraint("came BETWEEN 0 AND 1000", name="counted"),
        CheckConstraint("version >= 1", name="versioned"),
    )

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Text)
    came: Mapped[int | None] = mapped_column(default=None)
    """How many were there."""
    by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True, default=None
    )
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when everybody reads them."""
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class Way(StrEnum):
    """How a question is decided."""

    HANDS = auto()
    """By show of hands; somebody counts."""
    BALLOT = auto()
    """In the page, secretly."""


class Choice(StrEnum):
    """What one may answer."""

    YES = auto()
    NO = auto()
    ABSTAIN = auto()


class Decision(Base):
    """A question that is put to those who came, and what they say."""

    __tablename__ = "meeting_decision"
    __table_args__ = (
        CheckConstraint("btrim(question) <> ''", name="in_words"),
        CheckConstraint("way IN ('hands', 'ballot')", name="way"),
        CheckConstraint("yes >= 0 AND no >= 0 AND abstained >= 0", name="counted"),
        CheckConstraint("position >= 0", name="placed"),
        CheckConstraint("closed_at >= opened_at", name="closed_after_opened"),
        Index("meeting_decision_meeting_id_idx", "meeting_id", "position"),
        Index("meeting_decision_agenda_item_id_idx", "agenda_item_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    agenda_item_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(AgendaItem.id, ondelete="SET NULL"), default=None
    )
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(300))
    way: Mapped[Way]
    yes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    no: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    abstained: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when it is decided."""
    words: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    """What was decided, in words."""


class Vote(Base):
    """That somebody has voted; what, only the sums of the decision know."""

    __tablename__ = "meeting_vote"
    __table_args__ = (Index("meeting_vote_attendee_id_idx", "attendee_id"),)

    decision_id: Mapped[UUID] = mapped_column(
        ForeignKey(Decision.id, ondelete="CASCADE"), primary_key=True
    )
    attendee_id: Mapped[UUID] = mapped_column(
        ForeignKey(Attendee.id, ondelete="CASCADE"), primary_key=True
    )
