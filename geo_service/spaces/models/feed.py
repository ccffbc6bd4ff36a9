"""The private calendar feed of somebody's bookings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base


class Feed(Base):
    """A long word that opens somebody's calendar to whoever knows it; only its hash is kept."""

    __tablename__ = "booking_feed"
    __table_args__ = (
        CheckConstraint("length(word_hash) = 32", name="hashed"),
        UniqueConstraint("word_hash"),
    )

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[Person] = relationship(init=False, lazy="joined", innerjoin=True)
    word_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the word in the address."""
    made_at: Mapped[datetime]
