"""`data/pilot_neighbours.json`: invented worries, and what became of them."""

from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from geo_service.cases.models import Outcome
from geo_service.geo.place import Place
from geo_service.pilot.schemas.district import Days, Entry, Key, Words, day_of, midnight
from geo_service.reports.files.told import Knows, Since, Whom
from geo_service.reports.models import Result, Season, Stage

Past = Annotated[str, StringConstraints(pattern=r"^-[1-9]\d{0,2}d ([01]\d|2[0-3]):[0-5]\d$")]
"""`-3d 14:20` is three days before loading, at twenty past two."""


def moment_of(told: str, today: datetime) -> datetime:
    """The moment that a file tells, seen from today."""
    days, _, clock = told.partition(" ")
    hour, minute = map(int, clock.split(":"))
    return midnight(day_of(days, today.date())) + timedelta(hours=hour, minutes=minute)


class HomesEntry(Entry):
    """How many households live in each hexagon around a place."""

    lat: Annotated[float, Field(ge=33, le=39)]
    lng: Annotated[float, Field(ge=124, le=132)]
    within_m: Annotated[int, Field(ge=1, le=2000)]
    each: Annotated[int, Field(ge=1)]


class ReportEntry(Entry):
    """A worry about nobody."""

    key: Key
    told: Past
    kinds: Annotated[tuple[Words, ...], Field(min_length=1, strict=False)]
    lat: Annotated[float, Field(ge=33, le=39)]
    lng: Annotated[float, Field(ge=124, le=132)]
    where_words: str = ""
    whom: Annotated[Whom, Field(strict=False)] = Whom.NEIGHBOUR
    subject: str = ""
    since: Annotated[Since, Field(strict=False)] = Since.UNKNOWN
    knows: Annotated[Knows, Field(strict=False)] = Knows.UNAWARE
    story: Annotated[Words, StringConstraints(pattern=r"^\[데모\] ")]
    by: Key | None = None
    """Who of the pilot's people tells it by their account; somebody unknown if nobody."""

    @property
    def place(self) -> Place:
        """Where the pin is."""
        return Place(self.lat, self.lng)


class StepEntry(Entry):
    """What came of the step that was due."""

    at: Past
    outcome: Annotated[Outcome, Field(strict=False)]
    words: str = ""


class MoveEntry(Entry):
    """Into which stage a case came, and what that stage asks for."""

    at: Past
    stage: Annotated[Stage, Field(strict=False)]
    connected_to: str = ""
    words: str = ""


class CaseEntry(Entry):
    """What a caseworker made of some reports."""

    reports: Annotated[list[Key], Field(min_length=1)]
    who: Key
    taken: Past
    steps: list[StepEntry]
    moves: list[MoveEntry]


class HouseholdEntry(Entry):
    """A household that is nobody's, and how it was found."""

    name: Annotated[Words, StringConstraints(pattern="^데모 ")]
    address: Words
    note: str = ""
    result: Annotated[Result, Field(strict=False)] | None = None
    words: str = ""


class SurveyEntry(Entry):
    """A survey of a season."""

    office: Key
    season: Annotated[Season, Field(strict=False)]
    starts: Days
    ends: Days
    who: Key
    households: list[HouseholdEntry]


class NeighboursFile(Entry):
    """All of it."""

    about: str
    homes: HomesEntry
    reports: list[ReportEntry]
    cases: list[CaseEntry]
    survey: SurveyEntry

    @model_validator(mode="after")
    def _known(self) -> Self:
        told = {each.key for each in self.reports}
        if missing := {key for case in self.cases for key in case.reports} - told:
            raise ValueError(f"없는 reports: {', '.join(sorted(missing))}")
        return self
