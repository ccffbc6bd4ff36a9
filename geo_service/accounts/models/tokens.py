"""Tokens with which programs act for a person."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models.person import Person
from geo_service.clock import now
from geo_service.db.base import Base


class Scope(StrEnum):
    """What a program may do with a token."""

    READ = auto()
    """See what the person sees."""
    WRITE = auto()
    """Change it."""
    OFFICE = auto()
    """Do so for the offices in which the person works."""


class ApiToken(Base):
    """One token; the token itself was shown once and is not kept."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="hashed"),
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 60", name="named"),
        CheckConstraint(
            "cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'write', 'office']", name="scopes"
        ),
        CheckConstraint("expires_at > made_at", name="ends"),
        Index("api_token_token_hash_key", "token_hash", unique=True),
        Index("api_token_person_id_idx", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    """What the person calls the program."""
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the token."""
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    expires_at: Mapped[datetime]
    made_at: Mapped[datetime] = mapped_column(default_factory=now)
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)
    """Some minutes late, as `SignIn.seen_at`."""
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    person: Mapped[Person] = relationship(init=False, lazy="joined", innerjoin=True)
