"""What a meeting talks about."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.meeting import Meeting


class AgendaItem(Base):
    """One thing to talk about, added by anybody who comes."""

    __tablename__ = "meeting_agenda_item"
    __table_args__ = (
        CheckConstraint("btrim(words) <> ''", name="in_words"),
        CheckConstraint("lasts_min BETWEEN 1 AND 240", name="lasting"),
        CheckConstraint("position >= 0", name="placed"),
        Index("meeting_agenda_item_meeting_id_idx", "meeting_id", "position"),
        Index("meeting_agenda_item_by_id_idx", "by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    position: Mapped[int]
    """Counted from 0."""
    words: Mapped[str] = mapped_column(String(300))
    lasts_min: Mapped[int | None] = mapped_column(default=None)
    by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    by: Mapped[Person | None] = relationship(init=False)
    named: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether who added it agrees to be named."""
    added_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None] = mapped_column(default=None)
