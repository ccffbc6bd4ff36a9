"""Who looked at what, and by what PostgreSQL recognises claims."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    LargeBinary,
    String,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.confidential.claims import Standing
from geo_service.db.base import Base

SCHEMA = "reports"
"""Whatever stands in it is entered by the login `geo_reports` alone."""


class Look(Base):
    """Somebody saw something; written before they did, and never changed."""

    __tablename__ = "look"
    __table_args__ = (
        CheckConstraint(
            "standing IN ('reporter', 'caseworker', 'lead', 'clockwork')", name="standing"
        ),
        CheckConstraint("thing <> '' AND purpose <> ''", name="explained"),
        Index("look_centre_id_at_idx", "centre_id", "at"),
        Index("look_thing_id_idx", "thing_id", "at"),
        {"schema": SCHEMA},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(default_factory=now, server_default=func.now())
    person_id: Mapped[UUID | None] = mapped_column(default=None)
    standing: Mapped[Standing]
    thing: Mapped[str] = mapped_column(String(40))
    """What kind of thing: `report`, `case`, `household`."""
    thing_id: Mapped[UUID | None] = mapped_column(default=None)
    """None where figures were looked at."""
    centre_id: Mapped[UUID | None] = mapped_column(default=None)
    """Whose thing it was then."""
    purpose: Mapped[str] = mapped_column(String(120))
    address_hash: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    """From where, as a keyed digest: the same place has the same one."""


class Sealing(Base):
    """A batch of looks and its link in the chain; what is signed is a file (`checkpoints`)."""

    __tablename__ = "sealing"
    __table_args__ = (
        CheckConstraint("first_id <= last_id AND looks > 0", name="some"),
        CheckConstraint("length(hash) = 32", name="hashed"),
        {"schema": SCHEMA},
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_id: Mapped[int] = mapped_column(BigInteger)
    last_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    looks: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime] = mapped_column(default_factory=now)


class ClaimKey(Base):
    """By what claims are recognised: only the owner, and functions of the owner's, read it."""

    __tablename__ = "claim_key"
    __table_args__ = (CheckConstraint("single", name="alone"), {"schema": SCHEMA})

    single: Mapped[bool] = mapped_column(
        primary_key=True, init=False, default=True, server_default=text("true")
    )
    inner_pad: Mapped[bytes] = mapped_column(LargeBinary)
    outer_pad: Mapped[bytes] = mapped_column(LargeBinary)
