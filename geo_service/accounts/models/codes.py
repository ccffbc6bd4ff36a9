"""Codes that prove an address: whoever reads its mail knows the six digits."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models.person import Person, Tongue
from geo_service.db.base import Base

MOST_TRIES = 5


class Purpose(StrEnum):
    """What the right code does."""

    COME_IN = auto()
    """Signs in, or makes the account that was asked for."""
    MOVE = auto()
    """Gives an account this address."""


class MailCode(Base):
    """One letter with a code, and the browser that waits for it."""

    __tablename__ = "mail_code"
    __table_args__ = (
        CheckConstraint("length(challenge_hash) = 32 AND length(code_hash) = 32", name="hashed"),
        CheckConstraint(f"tries BETWEEN 0 AND {MOST_TRIES}", name="few_tries"),
        CheckConstraint("purpose IN ('come_in', 'move')", name="purpose"),
        CheckConstraint("(purpose = 'move') = (person_id IS NOT NULL)", name="whose"),
        Index("mail_code_person_id_idx", "person_id"),
        Index("mail_code_email_idx", "email"),
        Index("mail_code_expires_at_idx", "expires_at"),
    )

    challenge_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256 of what the waiting browser keeps: a code alone is of no use elsewhere."""
    email: Mapped[str] = mapped_column(String(254))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Keyed with the service's secret: a million codes are tried in no time."""
    expires_at: Mapped[datetime]
    purpose: Mapped[Purpose] = mapped_column(default=Purpose.COME_IN)
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), default=None
    )
    """Whose address it shall be."""
    name: Mapped[str | None] = mapped_column(String(60), default=None)
    password_hash: Mapped[str | None] = mapped_column(String(200), default=None)
    tongue: Mapped[Tongue] = mapped_column(default=Tongue.KO, server_default=text("'ko'"))
    """What a new account was asked for with; nothing of it counts where one exists."""
    tries: Mapped[int] = mapped_column(default=0, server_default=text("0"))
