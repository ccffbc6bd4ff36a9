"""Somebody with time, and what they may do with it. Nothing of it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from geo_service.geo.place import Place
from geo_service.geo.walking import Pace
from geo_service.listings.models import Listing
from geo_service.spaces.models import Terms


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody with time."""

    here: Place
    minutes: int
    at: datetime
    pace: Pace = Pace.USUAL

    @property
    def until(self) -> datetime:
        """When the time is over."""
        return self.at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Chance:
    """One thing to do with it."""

    listing: Listing
    distance_m: float
    walk_minutes: int
    begins_at: datetime
    ends_at: datetime | None
    """None where only the beginning of urgent work is known."""
    is_urgent: bool = False
    cost_won: int | None = None
    """Of a room, for that time."""
    terms: Terms | None = None
    """Of a room."""
