"""What people say who propose a meeting or join one, and a room that they may choose."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import Range

from geo_service.geo.place import Place
from geo_service.meetings.models.attendee import Interpreter
from geo_service.meetings.models.meeting import Form, Venue
from geo_service.spaces.models import Space, Terms


@dataclass(frozen=True, slots=True)
class Offer:
    """All that somebody says who proposes a meeting."""

    form: Form
    title: str
    venue: Venue
    place: Place
    times: tuple[Range[datetime], ...]
    summary: str = ""
    venue_words: str = ""
    address: str = ""
    link: str | None = None
    bring: str = ""
    seats: int = 20
    named: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes without an account."""

    name: str
    phone: str
    """E.164."""
    code: str
    """With which they change their mind; made by `a_code`."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What they bring, and what they need."""

    children: int = 0
    step_free: bool = False
    interpreter: Interpreter | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A room that is free for the whole of a meeting."""

    terms: Terms
    metres: float
    """From where the meeting was proposed."""

    @property
    def space(self) -> Space:
        """What is booked."""
        return self.terms.space
