"""Waiting for a slot that somebody else has."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.spaces.models.booking import Booking
from geo_service.spaces.models.space import Space


class Wait(StrEnum):
    """Where somebody who waits stands."""

    WAITING = auto()
    OFFERED = auto()
    """It is held in their name, for some time."""
    TAKEN = auto()
    MISSED = auto()
    """They did not take it, or nothing was freed in time."""
    LEFT = auto()
    """They no longer want it."""


class Waiting(Base):
    """Somebody's wish for a slot, should it be freed; served in the order of `since`."""

    __tablename__ = "booking_waiting"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'offered', 'taken', 'missed', 'left')", name="state"),
        CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)", name="timed"
        ),
        CheckConstraint(
            "booking_id IS NOT NULL OR state NOT IN ('offered', 'taken')", name="offered"
        ),
        Index(
            "booking_waiting_once_key",
            "person_id",
            "space_id",
            "during",
            unique=True,
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "booking_waiting_space_id_idx",
            "space_id",
            "during",
            postgresql_using="gist",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("booking_waiting_booking_id_idx", "booking_id"),
        Index("booking_waiting_person_id_idx", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    space_id: Mapped[UUID] = mapped_column(ForeignKey(Space.id))
    space: Mapped[Space] = relationship(init=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    person: Mapped[Person] = relationship(init=False)
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    since: Mapped[datetime]
    state: Mapped[Wait] = mapped_column(default=Wait.WAITING)
    booking_id: Mapped[UUID | None] = mapped_column(ForeignKey(Booking.id), default=None)
    """What was offered."""
