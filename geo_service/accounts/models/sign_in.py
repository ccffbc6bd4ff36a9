"""Where somebody is signed in."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models.person import Person
from geo_service.clock import now
from geo_service.db.base import Base


class SignIn(Base):
    """One browser in which somebody is signed in. The token itself is only in that browser."""

    __tablename__ = "sign_in"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="hashed"),
        CheckConstraint("expires_at > signed_in_at", name="ends"),
        Index("sign_in_person_id_idx", "person_id"),
        Index("sign_in_expires_at_idx", "expires_at"),
        Index("sign_in_id_key", "id", unique=True),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256 of the token."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    person: Mapped[Person] = relationship(init=False, lazy="joined", innerjoin=True)
    expires_at: Mapped[datetime]
    """At the latest; who is idle is signed out earlier."""
    signed_in_at: Mapped[datetime] = mapped_column(default_factory=now)
    seen_at: Mapped[datetime] = mapped_column(default_factory=now)
    """Some minutes late: it is not written at every visit."""
    device: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    """What kind of browser it is, in two words: Chrome · Android."""
    id: Mapped[UUID] = mapped_column(default_factory=uuid4)
    """Its name in lists; it opens nothing."""
