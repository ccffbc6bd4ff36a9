"""Times that a proposal offers, who supports it, and which times suit them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.meeting import Meeting


class Time(Base):
    """A time at which a meeting could be."""

    __tablename__ = "meeting_time"
    __table_args__ = (
        CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name="lasting",
        ),
        UniqueConstraint("meeting_id", "during", name="meeting_time_once_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)

    @property
    def begins_at(self) -> datetime:
        """From when."""
        assert self.during.lower is not None, "meeting_time_lasting_check"  # noqa: S101
        return self.during.lower

    @property
    def ends_at(self) -> datetime:
        """Until when."""
        assert self.during.upper is not None, "meeting_time_lasting_check"  # noqa: S101
        return self.during.upper


class Support(Base):
    """That somebody wants a meeting to take place."""

    __tablename__ = "meeting_support"
    __table_args__ = (Index("meeting_support_person_id_idx", "person_id"),)

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[Person] = relationship(init=False)
    supported_at: Mapped[datetime]


class Suit(Base):
    """That a time suits somebody who supports the meeting."""

    __tablename__ = "meeting_suit"
    __table_args__ = (
        ForeignKeyConstraint(
            ["meeting_id", "person_id"],
            ["meeting_support.meeting_id", "meeting_support.person_id"],
            name="meeting_suit_support_fkey",
            ondelete="CASCADE",
        ),
        Index("meeting_suit_support_idx", "meeting_id", "person_id"),
    )

    time_id: Mapped[UUID] = mapped_column(ForeignKey(Time.id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID]
