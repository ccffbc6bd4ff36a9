"""A booking, and what it claims for as long as it lives."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.spaces.models.space import Space
from geo_service.spaces.models.terms import Use

WHOLE = 0
"""The `unit_no` of a space itself, with everything in it; desks are numbered from 1."""


class State(StrEnum):
    """Where a booking stands."""

    HELD = auto()
    """Nobody else may take it, for some minutes."""
    ASKED = auto()
    """An officer has to decide."""
    CONFIRMED = auto()
    CHECKED_IN = auto()
    """They came."""
    EXPIRED = auto()
    """Not confirmed in time, or not decided in time."""
    DECLINED = auto()
    CANCELLED = auto()
    NO_SHOW = auto()
    """Nobody came, and it was given to others."""


LIVE = frozenset({State.HELD, State.ASKED, State.CONFIRMED, State.CHECKED_IN})
"""Whose time nobody else may take."""

_LIVE = "state IN ('held', 'asked', 'confirmed', 'checked_in')"


class Series(Base):
    """Bookings of one person that repeat every week, and are confirmed and cancelled as one."""

    __tablename__ = "booking_series"
    __table_args__ = (
        CheckConstraint("times BETWEEN 2 AND 53", name="repeats"),
        Index("booking_series_person_id_idx", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    space_id: Mapped[UUID] = mapped_column(ForeignKey(Space.id))
    space: Mapped[Space] = relationship(init=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    times: Mapped[int]
    made_at: Mapped[datetime]


class Booking(Base):
    """A space, or a desk in it, for a time and a person."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint(
            "state IN ('held', 'asked', 'confirmed', 'checked_in',"
            " 'expired', 'declined', 'cancelled', 'no_show')",
            name="state",
        ),
        CheckConstraint("use IN ('hourly', 'monthly')", name="use"),
        CheckConstraint("unit_no >= 0", name="numbered"),
        CheckConstraint("NOT isempty(during) AND NOT lower_inf(during)", name="begins"),
        CheckConstraint("use = 'monthly' OR NOT upper_inf(during)", name="ends"),
        CheckConstraint("(state = 'held') = (held_until IS NOT NULL)", name="held"),
        CheckConstraint("(state = 'checked_in') = (checked_in_at IS NOT NULL)", name="checked_in"),
        CheckConstraint("code ~ '^[0-9]{6}$'", name="coded"),
        CheckConstraint("price_won >= 0", name="priced"),
        CheckConstraint("people > 0", name="attended"),
        ExcludeConstraint(
            ("person_id", "="),
            ("space_id", "="),
            ("during", "&&"),
            name="booking_one_subscription_each",
            using="gist",
            where=text(f"use = 'monthly' AND {_LIVE}"),
        ),
        Index("booking_space_id_during_idx", "space_id", "during", postgresql_using="gist"),
        Index("booking_person_id_idx", "person_id", text("lower(during)")),
        Index(
            "booking_held_idx", "space_id", "held_until", postgresql_where=text("state = 'held'")
        ),
        Index("booking_asked_idx", "space_id", postgresql_where=text("state = 'asked'")),
        Index("booking_series_id_idx", "series_id", postgresql_where=text("series_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    space_id: Mapped[UUID] = mapped_column(ForeignKey(Space.id))
    space: Mapped[Space] = relationship(init=False)
    unit_no: Mapped[int] = mapped_column(default=WHOLE)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    person: Mapped[Person] = relationship(init=False)
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey(Series.id), default=None)
    use: Mapped[Use] = mapped_column(default=Use.HOURLY)
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    """While they have it, without buffers; a subscription has no end until notice is given."""
    state: Mapped[State] = mapped_column(default=State.HELD)
    held_until: Mapped[datetime | None] = mapped_column(default=None)
    checked_in_at: Mapped[datetime | None] = mapped_column(default=None)
    code: Mapped[str] = mapped_column(String(6))
    """Told at the door, to check in and to show whose slot it is."""
    price_won: Mapped[int] = mapped_column(default=0)
    """What it costs, as the terms were when it was made; of a monthly desk, each month."""
    purpose: Mapped[str] = mapped_column(String(300), default="")
    """What for, in their own words; offices see it."""
    people: Mapped[int | None] = mapped_column(default=None)
    """How many will come."""
    made_at: Mapped[datetime]

    @property
    def begins_at(self) -> datetime:
        """From when they have it."""
        assert self.during.lower is not None, "booking_begins_check"  # noqa: S101
        return self.during.lower

    @property
    def ends_at(self) -> datetime | None:
        """Until when; None while a subscription goes on."""
        return self.during.upper

    @property
    def is_live(self) -> bool:
        """Whether nobody else may take its time."""
        return self.state in LIVE


class Claim(Base):
    """A thing and a time that a live booking takes, for itself or together with others.

    A claim on a desk, or on a room that is booked as a whole, is held by the booking alone. A
    claim on what surrounds it is held in the name of the surrounding space, and so goes together
    with every other claim in its name. Buffers are part of the time.
    """

    __tablename__ = "booking_claim"
    __table_args__ = (
        CheckConstraint("holder_id IN (booking_id, space_id)", name="held"),
        CheckConstraint("unit_no >= 0", name="numbered"),
        CheckConstraint("holder_id = booking_id OR unit_no = 0", name="shared_as_a_whole"),
        CheckConstraint("NOT isempty(during)", name="takes_time"),
        ExcludeConstraint(
            ("space_id", "="),
            ("unit_no", "="),
            ("during", "&&"),
            ("holder_id", "<>"),
            name="booking_claim_one_holder",
            using="gist",
        ),
    )

    booking_id: Mapped[UUID] = mapped_column(
        ForeignKey(Booking.id, ondelete="CASCADE"), primary_key=True
    )
    space_id: Mapped[UUID] = mapped_column(ForeignKey(Space.id), primary_key=True)
    unit_no: Mapped[int] = mapped_column(primary_key=True)
    holder_id: Mapped[UUID]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
