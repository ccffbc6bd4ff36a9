"""What happened to bookings, how much of a quota is used, and who did not come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.offices.models import Office
from geo_service.spaces.models.booking import Booking, State
from geo_service.spaces.models.space import Space
from geo_service.spaces.models.terms import Period


class Event(Base):
    """One thing that happened to a booking, and how it stood afterwards."""

    __tablename__ = "booking_event"
    __table_args__ = (Index("booking_event_booking_id_idx", "booking_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey(Booking.id, ondelete="CASCADE"))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)
    """Who did it; nobody where time did."""
    deed: Mapped[str] = mapped_column(String(32))
    """hold, confirm, approve, move, …"""
    state: Mapped[State]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    words: Mapped[str] = mapped_column(String(300), default="")
    """The reason an officer gave."""


class QuotaUse(Base):
    """How much of a space one person has booked in one week or month; both are counted.

    It is written by the same statement that would break it, so two requests cannot both see the
    last free place: the CHECK refuses the second.
    """

    __tablename__ = "booking_quota"
    __table_args__ = (
        CheckConstraint("period IN ('week', 'month')", name="period"),
        CheckConstraint("bookings >= 0 AND minutes >= 0", name="counted"),
        CheckConstraint("bookings <= most_bookings AND minutes <= most_minutes", name="within"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    space_id: Mapped[UUID] = mapped_column(
        ForeignKey(Space.id, ondelete="CASCADE"), primary_key=True
    )
    period: Mapped[Period] = mapped_column(primary_key=True)
    begins_on: Mapped[date] = mapped_column(primary_key=True)
    bookings: Mapped[int]
    minutes: Mapped[int]
    most_bookings: Mapped[int | None] = mapped_column(default=None)
    """What the terms allowed in such a period when it was last added to."""
    most_minutes: Mapped[int | None] = mapped_column(default=None)


class Strike(Base):
    """Somebody did not come; forgotten in time."""

    __tablename__ = "booking_strike"
    __table_args__ = (
        CheckConstraint("expires_at > given_at", name="expires"),
        Index("booking_strike_person_id_idx", "person_id", "office_id", "expires_at"),
    )

    booking_id: Mapped[UUID] = mapped_column(
        ForeignKey(Booking.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id))
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime]
