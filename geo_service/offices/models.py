"""An office: whoever posts jobs, lends rooms, or answers for a dong; and who works there."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.geo.columns import PlaceType
from geo_service.geo.place import Place


class OfficeKind(StrEnum):
    """What an office is to residents."""

    DISTRICT_OFFICE = auto()
    DONG_CENTRE = auto()
    LIBRARY = auto()
    SENIOR_CENTRE = auto()
    WELFARE_CENTRE = auto()
    SCHOOL = auto()
    INSTITUTION = auto()


class Office(Base):
    """A public body with a door and a telephone."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('district_office', 'dong_centre', 'library', 'senior_centre',"
            " 'welfare_centre', 'school', 'institution')",
            name="kind",
        ),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("answers_for_id IS NULL OR kind = 'dong_centre'", name="answering"),
        CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    kind: Mapped[OfficeKind]
    name: Mapped[str] = mapped_column(String(140))
    address: Mapped[str | None] = mapped_column(String(300), default=None)
    place: Mapped[Place | None] = mapped_column(PlaceType, default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164."""
    homepage: Mapped[str | None] = mapped_column(String(500), default=None)
    hours_words: Mapped[str | None] = mapped_column(String(300), default=None)
    area_id: Mapped[int | None] = mapped_column(ForeignKey(Area.id), index=True, default=None)
    """The district or dong it belongs to."""
    answers_for_id: Mapped[int | None] = mapped_column(
        ForeignKey(Area.id), unique=True, default=None
    )
    """The administrative dong that this dong centre must answer for."""
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Counts the edits, so that two who edit at once learn of each other."""
    reference: Mapped[str | None] = mapped_column(String(300), unique=True, default=None)
    """Where it came from, and the key under which it is found again there."""


class Role(StrEnum):
    """What somebody may do for an office."""

    OFFICER = auto()
    """Posts jobs and spaces, and decides about applications and bookings."""
    CASEWORKER = auto()
    """Follows up what neighbours report; of one dong centre."""
    DISTRICT_LEAD = auto()
    """Sees figures of several dongs, and no names."""
    OPERATOR = auto()
    """Runs the machine: offices, staff, imports."""


class Staff(Base):
    """One role of one person in one office."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(
            "role IN ('officer', 'caseworker', 'district_lead', 'operator')", name="role"
        ),
        Index("staff_office_id_idx", "office_id"),
    )

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(
        ForeignKey(Office.id, ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default_factory=now)
    person: Mapped[Person] = relationship(init=False)
    office: Mapped[Office] = relationship(init=False)


class Invitation(Base):
    """A role offered by mail; whoever follows the link, signed in, has it."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(
            "role IN ('officer', 'caseworker', 'district_lead', 'operator')", name="role"
        ),
        CheckConstraint("length(token_hash) = 32", name="hashed"),
        CheckConstraint("email = lower(email) AND position('@' IN email) > 1", name="mailable"),
        CheckConstraint("expires_at > invited_at", name="ends"),
        UniqueConstraint("token_hash"),
        UniqueConstraint("office_id", "email", "role", name="invitation_once_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id, ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the word in the link."""
    expires_at: Mapped[datetime]
    invited_at: Mapped[datetime] = mapped_column(default_factory=now)
    office: Mapped[Office] = relationship(init=False, lazy="joined", innerjoin=True)
