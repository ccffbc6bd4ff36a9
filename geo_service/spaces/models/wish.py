"""What somebody wants to book."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import Range


@dataclass(frozen=True, slots=True)
class Wish:
    """A time, and perhaps a certain desk."""

    during: Range[datetime]
    """Without an end for a monthly desk."""
    unit_no: int | None = None
    """None takes any."""
    purpose: str = ""
    people: int | None = None
