"""The table of letters on their way."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.mail.letter import Letter


class Envelope(Base):
    """A letter and whom it is for. Once it was sent, there is no such row."""

    __tablename__ = "envelope"
    __table_args__ = (
        CheckConstraint("address ~ '^[^@[:space:]]+@[^@[:space:]]+$'", name="addressed"),
        CheckConstraint("btrim(subject) <> '' AND btrim(text) <> ''", name="written"),
        CheckConstraint("tongue IN ('ko', 'en')", name="tongue"),
        Index("envelope_written_at_idx", "written_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column()
    tongue: Mapped[str] = mapped_column(String(2))
    written_at: Mapped[datetime] = mapped_column(default_factory=now, server_default=func.now())

    @property
    def letter(self) -> Letter:
        """What is in it."""
        return Letter(self.subject, self.text, self.tongue)
