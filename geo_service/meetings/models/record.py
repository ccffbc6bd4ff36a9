"""What was said at a meeting: a draft that can be changed, and editions that cannot."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.meeting import Meeting

MINUTES_MAX = 10_000
"""Letters of the minutes; what any one field takes."""


class Minutes(Base):
    """Who writes the minutes, and what they have written so far."""

    __tablename__ = "meeting_minutes"
    __table_args__ = (
        CheckConstraint("came BETWEEN 0 AND 1000", name="counted"),
        CheckConstraint("version >= 1", name="versioned"),
        CheckConstraint(f"length(words) <= {MINUTES_MAX}", name="not_endless"),
    )

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), primary_key=True
    )
    scribe_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True, default=None
    )
    """Whom the meeting named to write; None is the proposer."""
    words: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    also: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    """Names of those who came unannounced and signed that they may be named."""
    came: Mapped[int | None] = mapped_column(default=None)
    """How many were there."""
    drafted_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class Edition(Base):
    """The minutes as they were published. A correction is another edition; none is ever changed."""

    __tablename__ = "meeting_edition"
    __table_args__ = (
        CheckConstraint("number >= 1", name="numbered"),
        CheckConstraint("btrim(words) <> ''", name="in_words"),
        CheckConstraint(f"length(words) <= {MINUTES_MAX}", name="not_endless"),
        CheckConstraint("(number = 1) = (why = '')", name="explained"),
        CheckConstraint("came BETWEEN 0 AND 1000", name="counted"),
    )

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey(Minutes.meeting_id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    """Counted from 1."""
    words: Mapped[str] = mapped_column(Text)
    also: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    came: Mapped[int | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """What was wrong with the edition before."""
    by_office: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether the office wrote it, rather than a neighbour."""
    published_at: Mapped[datetime]
