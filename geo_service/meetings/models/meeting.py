"""A meeting of neighbours, from its proposal on."""

from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from geo_service.accounts.models import Person
from geo_service.geo.columns import PlaceType
from geo_service.geo.place import Place
from geo_service.listings.models import Kind, Listing
from geo_service.spaces.models import Booking


class Form(StrEnum):
    """What neighbours come together for."""

    MEETING = auto()
    """골목회의: to talk something over and decide."""
    GET_TOGETHER = auto()
    """골목반상회: to sit together."""


class Venue(StrEnum):
    """Where."""

    OUTDOORS = auto()
    """A mat under a tree, a pavilion, an alley."""
    CAFE = auto()
    ROOM = auto()
    """A community room."""
    ONLINE = auto()


class MeetingState(StrEnum):
    """Where a meeting is in its life."""

    PROPOSED = auto()
    SUPPORTED = auto()
    """As many support it as it takes."""
    CONVENED = auto()
    HELD = auto()
    LOOKED_BACK = auto()
    CANCELLED = auto()
    LAPSED = auto()
    """All of its times went by."""


OPEN = frozenset({MeetingState.PROPOSED, MeetingState.SUPPORTED})
"""Still a proposal, which may be supported and convened."""


class Help(StrEnum):
    """What the dong's officer answers when asked to come and help."""

    ASKED = auto()
    COMING = auto()
    NOT_COMING = auto()


class Meeting(Listing):
    """Neighbours who come together at a time and a place.

    The topic is its title, what it is about its summary. It is convened when it is published.
    """

    __tablename__ = "meeting"
    __mapper_args__ = {"polymorphic_identity": Kind.MEETING}
    __table_args__ = (
        CheckConstraint("form IN ('meeting', 'get_together')", name="form"),
        CheckConstraint("venue IN ('outdoors', 'cafe', 'room', 'online')", name="venue"),
        CheckConstraint("(venue = 'online') = (link IS NOT NULL)", name="linked"),
        CheckConstraint("link ~ '^https://[^[:space:]]+$'", name="linked_safely"),
        CheckConstraint("seats BETWEEN 2 AND 500", name="seated"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="never_overfilled"),
        CheckConstraint("supporters_needed BETWEEN 1 AND 50", name="needed"),
        CheckConstraint(
            "state IN ('proposed', 'supported', 'convened', 'held', 'looked_back',"
            " 'cancelled', 'lapsed')",
            name="state",
        ),
        CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name="lasting",
        ),
        CheckConstraint(
            "CASE WHEN state IN ('proposed', 'supported', 'lapsed') THEN during IS NULL"
            " WHEN state = 'cancelled' THEN true ELSE during IS NOT NULL END",
            name="timed",
        ),
        CheckConstraint("help IN ('asked', 'coming', 'not_coming')", name="help"),
        CheckConstraint("moved_from IS NULL OR moved_at IS NOT NULL", name="moved"),
        CheckConstraint("version >= 1", name="versioned"),
        Index("meeting_proposed_by_id_idx", "proposed_by_id"),
        Index("meeting_booking_id_idx", "booking_id"),
        Index(
            "meeting_open_idx", "id", postgresql_where=text("state IN ('proposed', 'supported')")
        ),
    )

    id: Mapped[UUID] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True, default_factory=uuid4
    )
    form: Mapped[Form]
    venue: Mapped[Venue]
    venue_words: Mapped[str] = mapped_column(String(140), default="", server_default=text("''"))
    """What the place is called: the café, the room, "under the zelkova"."""
    link: Mapped[str | None] = mapped_column(String(500), default=None)
    """Where one meets online; told to those who come."""
    bring: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """What to bring along."""
    seats: Mapped[int] = mapped_column(default=20)
    taken: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Seats given to somebody, children included; changed under the lock of this row."""
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PROPOSED)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    proposed_by: Mapped[Person | None] = relationship(init=False)
    by_office: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether its office proposes it, rather than a neighbour."""
    named: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether the proposer agrees to be named."""
    supporters_needed: Mapped[int] = mapped_column(default=3, server_default=text("3"))
    """As the dong centre asked for when it was proposed."""
    during: Mapped[Range[datetime] | None] = mapped_column(TSTZRANGE, default=None)
    """When it is, once it is convened."""
    moved_from: Mapped[Range[datetime] | None] = mapped_column(TSTZRANGE, default=None)
    """When it would have been before it was last moved in time."""
    moved_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it was last moved, in time or place."""
    why: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """Why it was moved or cancelled."""
    booking_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Booking.id, ondelete="SET NULL"), default=None
    )
    """The room that was booked for it."""
    booking: Mapped[Booking | None] = relationship(init=False)
    asked_place: Mapped[Place | None] = mapped_column(PlaceType, default=None)
    """Where it was proposed, while it is in a booked room."""
    asked_address: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    help: Mapped[Help | None] = mapped_column(default=None)
    """Whether the dong's officer was asked to come and help, and what they answer."""
    help_words: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """What they say to it."""
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Grows with every edit."""

    @property
    def begins_at(self) -> datetime | None:
        """From when, once it is convened."""
        return self.during.lower if self.during else None

    @property
    def ends_at(self) -> datetime | None:
        """Until when, once it is convened."""
        return self.during.upper if self.during else None

    @property
    def seats_left(self) -> int:
        """How many more may come."""
        return self.seats - self.taken

    @property
    def is_proposal(self) -> bool:
        """Whether it may be supported and convened."""
        return self.state in OPEN

    def takes_people(self, at: datetime) -> bool:
        """Whether one may say that one comes, or no longer comes."""
        return (
            self.state is MeetingState.CONVENED and self.ends_at is not None and at < self.ends_at
        )

    @override
    def tell(self) -> dict[str, Any]:
        """What for, where, when, and how many may still come."""
        return {
            "form": self.form,
            "venue": self.venue,
            "venue_words": self.venue_words,
            "begins_at": self.begins_at and self.begins_at.isoformat(),
            "ends_at": self.ends_at and self.ends_at.isoformat(),
            "seats": self.seats,
            "seats_left": self.seats_left,
        }

    @override
    def describe(self) -> dict[str, Any]:
        """What became of it, and what to bring."""
        return {
            "state": self.state,
            "bring": self.bring,
            "by_office": self.by_office,
            "help": self.help,
            "moved_at": self.moved_at and self.moved_at.isoformat(),
            "why": self.why,
        }
