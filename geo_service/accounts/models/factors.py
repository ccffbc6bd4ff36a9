"""A second proof at sign-in: the changing code of a telephone, or one of a few spare codes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models.person import Person
from geo_service.db.base import Base


class SecondFactor(Base):
    """What the service shares with somebody's telephone. Source: RFC 6238."""

    __tablename__ = "second_factor"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Readable only with a key that is not in the database."""
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When a first code showed that the telephone knows it; until then it is not asked for."""
    last_step: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    """The half minute whose code was used last: no code works twice."""


class RecoveryCode(Base):
    """One spare code, for whoever lost the telephone. A code that was used is deleted."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        CheckConstraint("length(code_hash) = 32", name="hashed"),
        Index("recovery_code_person_id_idx", "person_id"),
    )

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
