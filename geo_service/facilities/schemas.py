"""What crosses the border of an import: drafts in, outcomes and reports out."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any, NamedTuple, Self
from uuid import UUID

import orjson

from geo_service.facilities.models import WRITTEN, Outcome
from geo_service.geo.place import Place
from geo_service.hours.week import Spans


class Reason(NamedTuple):
    """Why: a code for programs, a sentence for people."""

    code: str
    words: str


@dataclass(slots=True)
class Draft:
    """A room as one row tells it, before anybody decides whether to show it."""

    line: int
    original: dict[str, str]
    """The row word for word, without personal numbers."""
    provider: str
    provider_key: str = ""
    """The provider's name, equal before and after provinces were renamed or merged."""
    key: str = ""
    """Provider, facility and room, normalised: the only identity that the files have."""
    name_key: str = ""
    """The title without its region, normalised: equal for one room under two providers."""
    title: str = ""
    facility: str = ""
    space_type: str = ""
    address: str = ""
    door: str = ""
    """District, road and number, normalised: equal for equal doors; empty when not stated."""
    sido: str = ""
    sigungu: str = ""
    dong: str = ""
    """The legal dong that the address names."""
    place: Place | None = None
    swapped: Place | None = None
    """Where it would be if latitude and longitude had changed places."""
    area_id: int | None = None
    capacity: int | None = None
    area_m2: Decimal | None = None
    equipment: tuple[str, ...] = ()
    hours_words: str = ""
    open_week: Spans = ()
    closed_words: str = ""
    closed_days: tuple[str, ...] = ()
    fee_words: str = ""
    fee_won: int | None = None
    fee_minutes: int | None = None
    how_to_book: str = ""
    phone: str | None = None
    homepage: str | None = None
    office_name: str = ""
    reference_on: date | None = None
    repairs: list[Reason] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)
    """Each alone holds the row back."""
    faults: list[Reason] = field(default_factory=list)
    """Each alone refuses the row."""
    unread: "Callable[[Draft], None] | None" = None
    """Reads the rest of the row: what the room offers. None once that is done."""

    @property
    def believable(self) -> bool:
        """Whether it may be shown as far as its own row can tell."""
        return not self.faults and not self.doubts

    @property
    def keyed(self) -> bool:
        """Whether its row tells which room it is about."""
        return bool(self.provider_key and self.title)

    def read_on(self) -> None:
        """Read the rest of the row, unless that is done."""
        if self.unread:
            self.unread(self)
            self.unread = None

    def digest(self) -> str:
        """Equal for drafts that would make equal listings."""
        self.read_on()
        place = self.place
        told = (
            self.title, self.facility, self.space_type, self.address,
            place and (place.lat, place.lng), self.capacity, str(self.area_m2), self.equipment,
            self.hours_words, self.open_week, self.closed_words, self.closed_days,
            self.fee_words, self.fee_won, self.fee_minutes, self.how_to_book, self.phone,
            self.homepage, self.office_name, self.reference_on,
        )  # fmt: skip
        return blake2b(orjson.dumps(told), digest_size=16).hexdigest()


class Known(NamedTuple):
    """A room that an earlier import listed."""

    id: int
    space_id: UUID
    provider: str
    provider_key: str
    key: str
    ordinal: int
    name_key: str
    door: str
    digest: str
    space_type: str
    title: str
    lat: float
    lng: float
    reference_on: date | None
    gone_on: date | None
    """The reference day of the file that no longer named it; None while it is listed."""

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.lat, self.lng)


class Entry(NamedTuple):
    """One row's line in the report."""

    line: int
    outcome: Outcome
    name: str
    reasons: tuple[Reason, ...]
    key: str


@dataclass(slots=True)
class Decision:
    """What becomes of a draft."""

    draft: Draft
    outcome: Outcome
    reasons: list[Reason]
    digest: str = ""
    """Of the draft, once that is read to its end."""
    known: Known | None = None
    """The room it describes anew."""
    ordinal: int = 1

    def settle(self) -> None:
        """Read what is written to its end, and tell what had to be repaired in it."""
        self.digest = self.digest or self.draft.digest()
        if self.draft.repairs:
            self.outcome = Outcome.REPAIRED
            self.reasons += self.draft.repairs

    @property
    def writes(self) -> bool:
        """Whether a listing is written."""
        return self.outcome in WRITTEN

    @property
    def entry(self) -> Entry:
        """Its line in the report."""
        draft = self.draft
        return Entry(draft.line, self.outcome, draft.title, tuple(self.reasons), draft.key)


def counts_of(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many rows ended in each outcome. Order: as `Outcome` tells them."""
    found = Counter(outcomes)
    return {outcome.value: found[outcome] for outcome in Outcome}


class Vanished(NamedTuple):
    """A room that the file should name and does not."""

    known: Known
    gone_on: date


@dataclass(slots=True)
class Plan:
    """What an import will do with every row, decided before the first one is written."""

    dataset: str
    decisions: list[Decision]
    vanished: list[Vanished]

    @property
    def new(self) -> list[Decision]:
        """Those that bring a room; each is settled when it is written."""
        return [each for each in self.decisions if each.writes and each.known is None]


@dataclass(slots=True)
class Report:
    """What an import did, or would do."""

    file: str
    dataset: str
    dry_run: bool
    entries: list[Entry]
    vanished: list[str]
    """Titles of rooms that the file should name and does not."""
    batch: int | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows ended in each outcome."""
        return counts_of(entry.outcome for entry in self.entries)

    def tell(self) -> dict[str, Any]:
        """The whole report in one flat JSON object."""
        return {
            "batch": self.batch,
            "file": self.file,
            "dataset": self.dataset,
            "dry_run": self.dry_run,
            "rows": len(self.entries),
            **self.counts,
            "vanished": len(self.vanished),
        }


class Undone(NamedTuple):
    """What undoing a batch did."""

    batch: int
    removed: int
    kept: int
    """Closed and not removed, as somebody booked them."""
    restored: int
    reopened: int


class Asked(NamedTuple):
    """A cell that somebody may say anew."""

    field: str
    column: str
    """What the file calls it."""
    cell: str


class Trouble(NamedTuple):
    """A row that needs somebody, as it is kept with its file."""

    line: int
    outcome: str
    name: str
    reasons: list[str]
    asked: list[Asked]
    """What may be mended; nothing where the service has done so."""

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """As it was kept."""
        return cls(**{**told, "asked": [Asked(*each) for each in told["asked"]]})

    def tell(self) -> dict[str, Any]:
        """To be kept as JSON."""
        return self._asdict()
