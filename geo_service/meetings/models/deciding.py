"""Questions that a meeting decides, and how they are answered.

A ballot is secret. Who has voted (`Voter`) and what was voted (`Slip`) share neither a key nor a
moment. A slip has a code that only its voter was shown; when the ballot closes, all slips are
written anew in the order of their codes, so that not even the order of the rows tells anything,
and everybody can count them again.
"""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.agenda import AgendaItem
from geo_service.meetings.models.meeting import Meeting


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
    """A question that is put to those who came, and what they said."""

    __tablename__ = "meeting_decision"
    __table_args__ = (
        CheckConstraint("btrim(question) <> ''", name="in_words"),
        CheckConstraint("way IN ('hands', 'ballot')", name="way"),
        CheckConstraint("(way = 'ballot') = (closes_at IS NOT NULL)", name="closing"),
        CheckConstraint("way = 'ballot' OR closed_at IS NOT NULL", name="hands_at_once"),
        CheckConstraint("closes_at > opened_at", name="open_some_time"),
        CheckConstraint("closed_at >= opened_at", name="closed_after_opened"),
        CheckConstraint(
            "yes >= 0 AND no >= 0 AND abstained >= 0 AND voted = yes + no + abstained",
            name="counted",
        ),
        CheckConstraint("closed_at IS NOT NULL OR voted = 0", name="secret_while_open"),
        CheckConstraint("entitled >= voted", name="no_more_votes_than_people"),
        ForeignKeyConstraint(
            ["agenda_item_id", "meeting_id"],
            [AgendaItem.id, AgendaItem.meeting_id],
            name="meeting_decision_agenda_item_fkey",
        ),
        Index("meeting_decision_meeting_id_idx", "meeting_id", "opened_at"),
        Index("meeting_decision_agenda_item_id_idx", "agenda_item_id", "meeting_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    agenda_item_id: Mapped[UUID | None] = mapped_column(default=None)
    """None is what came up beside the agenda."""
    question: Mapped[str] = mapped_column(String(200))
    way: Mapped[Way]
    yes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    no: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    abstained: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    voted: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many answered, when it was closed."""
    entitled: Mapped[int | None] = mapped_column(default=None)
    """How many could have voted in the page; of hands nobody knows."""
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime | None] = mapped_column(default=None)
    """Until when a ballot is open."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when it is decided."""
    words: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """What follows from it, in words."""

    @property
    def is_carried(self) -> bool:
        """Whether more were for it than against it."""
        return self.yes > self.no

    def is_open(self, at: datetime) -> bool:
        """Whether one may still vote."""
        return self.closed_at is None and self.closes_at is not None and at < self.closes_at


class Voter(Base):
    """That somebody has voted: once in each ballot."""

    __tablename__ = "meeting_voter"
    __table_args__ = (Index("meeting_voter_person_id_idx", "person_id"),)

    decision_id: Mapped[UUID] = mapped_column(
        ForeignKey(Decision.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)


class Slip(Base):
    """What was voted, by nobody knows whom."""

    __tablename__ = "meeting_slip"
    __table_args__ = (
        CheckConstraint("choice IN ('yes', 'no', 'abstain')", name="choice"),
        CheckConstraint("code ~ '^[2-9A-HJ-NP-Z]{8}$'", name="coded"),
    )

    decision_id: Mapped[UUID] = mapped_column(
        ForeignKey(Decision.id, ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    """By which its voter finds it again once the ballot is closed."""
    choice: Mapped[Choice]
