"""What somebody has begun to tell and not sent yet."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.confidential.models import SCHEMA
from geo_service.confidential.sealing import SealedType
from geo_service.db.base import Base


class Draft(Base):
    """The answers so far. Its id becomes the report's; the browser keeps only its word."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("length(word_hash) = 32", name="hashed"),
        CheckConstraint("step <> ''", name="somewhere"),
        UniqueConstraint("word_hash"),
        Index("draft_expires_at_idx", "expires_at"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    word_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """A keyed digest of the word by which the browser finds it again."""
    answers_sealed: Mapped[bytes] = mapped_column(SealedType)
    """JSON, sealed with the draft's key, which becomes the report's."""
    step: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime]
    photo_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None, deferred=True)
    """A photo, drawn anew."""
