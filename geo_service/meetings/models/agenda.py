"""What a meeting talks about."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.meeting import Meeting

ITEMS_MAX = 20
"""More is not talked over in one evening."""


class AgendaItem(Base):
    """One thing to talk about, added by whoever supports the meeting, comes, or helps.

    Who added it is told only while they agree to be named.
    """

    __tablename__ = "meeting_agenda_item"
    __table_args__ = (
        CheckConstraint("btrim(title) <> ''", name="in_words"),
        CheckConstraint("lasts_min BETWEEN 1 AND 240", name="lasting"),
        CheckConstraint("position >= 0", name="placed"),
        CheckConstraint("version >= 1", name="versioned"),
        UniqueConstraint("id", "meeting_id", name="meeting_agenda_item_meeting_key"),
        Index("meeting_agenda_item_meeting_id_idx", "meeting_id", "position"),
        Index("meeting_agenda_item_by_id_idx", "by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    position: Mapped[int]
    """Counted from 0; changed under the lock of the meeting."""
    title: Mapped[str] = mapped_column(String(100))
    words: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    """What there is to know beforehand."""
    lasts_min: Mapped[int] = mapped_column(default=10)
    asks_decision: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether something is to be decided, not only talked over."""
    by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    """The neighbour who added it; None where the office did."""
    added_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Counts the edits, so that two who edit at once learn of each other."""
