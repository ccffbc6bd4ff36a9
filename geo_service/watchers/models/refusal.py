"""That a dong centre has turned somebody away, kept where nothing else of them is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.db.base import Base


class Refusal(Base):
    """A keyed hash of who was turned away and has deleted it, so that people look next time."""

    __tablename__ = "watch_refusal"
    __table_args__ = (
        CheckConstraint("length(mark) = 32", name="hashed"),
        Index("watch_refusal_until_idx", "until"),
    )

    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    until: Mapped[datetime]
