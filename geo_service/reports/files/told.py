"""What somebody tells, as it is before it is sealed and after it is opened."""

from dataclasses import dataclass
from enum import StrEnum, auto

from geo_service.geo.place import Place


class Whom(StrEnum):
    """About whom somebody worries."""

    NEIGHBOUR = auto()
    FAMILY = auto()
    MYSELF = auto()


class Since(StrEnum):
    """Since when it has been so."""

    TODAY = auto()
    DAYS = auto()
    WEEKS = auto()
    MONTHS = auto()
    UNKNOWN = auto()


class Knows(StrEnum):
    """Whether the person knows that somebody tells, and what they say to it."""

    AGREES = auto()
    UNAWARE = auto()
    REFUSES = auto()
    MYSELF = auto()
    """It is they who tell."""


class Way(StrEnum):
    """How whoever tells hears what became of it."""

    ACCOUNT = auto()
    """On their own pages, and by letter to their address."""
    MAIL = auto()
    RECEIPT = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """All of it."""

    whom: Whom
    kinds: tuple[str, ...]
    """Keys of categories."""
    story: str
    since: Since
    knows: Knows
    way: Way
    subject: str = ""
    place: Place | None = None
    where_words: str = ""
    email: str | None = None
    phone: str | None = None
    photo: bytes | None = None
    """As `photo.redrawn` made it."""
