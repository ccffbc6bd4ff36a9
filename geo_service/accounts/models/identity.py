"""An account elsewhere that vouches for somebody here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models.person import Person
from geo_service.clock import now
from geo_service.db.base import Base


class Identity(Base):
    """Somebody as a provider knows them: by a subject that never changes, not by an address."""

    __tablename__ = "identity"
    __table_args__ = (
        CheckConstraint("provider <> '' AND subject <> ''", name="named"),
        Index("identity_person_id_idx", "person_id"),
    )

    provider: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    linked_at: Mapped[datetime] = mapped_column(default_factory=now)
