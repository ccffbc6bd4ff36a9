"""Rounds of a season: listed, visited, and where help is needed a case is opened."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from geo_service.cases.models import SurveyList
from geo_service.cases.queries.surveys import DONE, households_in, households_of, listed_in
from geo_service.cases.workflow.moving import add_to_summary
from geo_service.cases.workflow.reading import LookInto
from geo_service.cases.workflow.steps import plan
from geo_service.cases.workflow.taking_up import open_case
from geo_service.confidential.keys import KeyRing
from geo_service.confidential.sealing import Seal, seal_for, seal_of
from geo_service.reports.models import (
    CaseFile,
    Household,
    Result,
    Rung,
    Season,
    SurveyRound,
    SurveyVisit,
)

LIST_KEPT_FOR = timedelta(hours=24)
"""So long a list waits to be taken in."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A household as a list tells it."""

    name: str
    address: str
    phone: str
    note: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that is left out, and why."""

    line: int
    fault: str


@dataclass(frozen=True, slots=True)
class ListRead:
    """What a list will do."""

    id: UUID
    fresh: Sequence[Listed]
    known: int
    """How many of its households are in this survey already."""
    bad: Sequence[Bad]
    ignored: Sequence[str]


@dataclass(frozen=True, slots=True)
class HouseholdRead:
    """A household in plain words."""

    id: UUID
    name: str
    address: str
    phone: str
    note: str
    result: Result | None
    visited_at: datetime | None
    words: str
    case_id: UUID | None

    @property
    def is_done(self) -> bool:
        """Whether nobody need come again in this round."""
        return self.result in DONE


def make_round(
    session: Session, centre_id: UUID, season: Season, starts_on: date, ends_on: date
) -> SurveyRound:
    """A survey of a centre; its title is its season and year."""
    title = f"{starts_on.year}년 {'여름' if season is Season.SUMMER else '겨울'}"
    made = SurveyRound(
        centre_id=centre_id, title=title, season=season, starts_on=starts_on, ends_on=ends_on
    )
    session.add(made)
    session.flush()
    return made


def keep_list(  # noqa: PLR0913, PLR0917 (a list, what is wrong with it, and whose it is)
    session: Session,
    ring: KeyRing,
    round_: SurveyRound,
    households: Sequence[Listed],
    bad: Sequence[Bad],
    ignored: Sequence[str],
    *,
    at: datetime,
) -> SurveyList:
    """Keep what a file said until somebody takes it in."""
    said = {
        "households": [asdict(each) for each in households],
        "bad": [asdict(each) for each in bad],
        "ignored": list(ignored),
    }
    list_id = uuid4()
    sealed = seal_for(ring, round_.centre_id, list_id).close(
        "rows", json.dumps(said, ensure_ascii=False)
    )
    kept = SurveyList(
        id=list_id,
        round_id=round_.id,
        rows_sealed=sealed,
        sent_at=at,
        expires_at=at + LIST_KEPT_FOR,
    )
    session.add(kept)
    session.flush()
    return kept


def read_list(session: Session, ring: KeyRing, round_: SurveyRound, kept: SurveyList) -> ListRead:
    """What it will do now: which of its households are not in the survey yet."""
    said = json.loads(seal_of(ring, kept.id).open("rows", kept.rows_sealed))
    listed = [Listed(**each) for each in said["households"]]
    there = _known(session, ring, round_)
    already = set(session.scalars(listed_in(round_.id)))
    fresh = [each for each in listed if there.get(_key(each)) not in already]
    bad = [Bad(**each) for each in said["bad"]]
    return ListRead(kept.id, fresh, len(listed) - len(fresh), bad, said["ignored"])


def take_in(
    session: Session, ring: KeyRing, round_: SurveyRound, kept: SurveyList, *, at: datetime
) -> int:
    """Add its households to the survey, each sealed with a key of its own; how many they were.

    Who was listed in an earlier season is the same household still. The list's time is over with
    that; `cases.forget_lists` destroys it, for a key that is gone does not come back with a
    transaction that is undone.
    """
    there = _known(session, ring, round_)
    fresh = read_list(session, ring, round_, kept).fresh
    for each in fresh:
        household_id = there.get(_key(each))
        if household_id is None:
            household_id = _add(session, ring, round_.centre_id, each, at)
        session.add(SurveyVisit(round_id=round_.id, household_id=household_id))
    kept.expires_at = max(at, kept.sent_at + timedelta(microseconds=1))
    session.flush()
    return len(fresh)


def visit(  # noqa: PLR0913 (how it was found, by whom and when)
    seal: Seal, found: SurveyVisit, result: Result, words: str, *, by_id: UUID, at: datetime
) -> None:
    """Note how a household was found; said again, it counts anew."""
    found.result, found.visited_at, found.by_id = result, at, by_id
    found.words_sealed = seal.close("words", words) if words else None


def open_from(  # noqa: PLR0913 (a household, how it was found, who and when)
    session: Session,
    ring: KeyRing,
    seal: Seal,
    household: Household,
    found: SurveyVisit,
    *,
    by_id: UUID,
    at: datetime,
) -> CaseFile:
    """Open a case from a visit, with what is known of the household as its summary."""
    case = open_case(session, ring, household.centre_id, by_id=by_id, at=at)
    read = read_household(seal, household, found)
    said = (read.name, read.address, read.phone, read.note, read.words)
    add_to_summary(case, seal_of(ring, case.id), "\n".join(filter(None, said)))
    found.case_id = case.id
    plan(session, case, Rung.VISIT, None, at=at)
    return case


def read_household(seal: Seal, household: Household, found: SurveyVisit) -> HouseholdRead:
    """A household in plain words; whoever opens it has left a trace before."""
    return HouseholdRead(
        id=household.id,
        name=seal.text("name", household.name_sealed) or "",
        address=seal.text("address", household.address_sealed) or "",
        phone=seal.text("phone", household.phone_sealed) or "",
        note=seal.text("note", household.note_sealed) or "",
        result=found.result,
        visited_at=found.visited_at,
        words=seal.text("words", found.words_sealed) or "",
        case_id=found.case_id,
    )


def read_households(
    session: Session, look_into: LookInto, round_: SurveyRound
) -> list[HouseholdRead]:
    """All of a survey; a look at each is written down first."""
    rows = session.execute(households_of(round_.id)).all()
    return [
        read_household(look_into("household", each.id, each.centre_id), each, found)
        for each, found in rows
    ]


def _known(session: Session, ring: KeyRing, round_: SurveyRound) -> dict[tuple[str, str], UUID]:
    """Every household of the centre by what it is known by. Nothing of it is shown."""
    known: dict[tuple[str, str], UUID] = {}
    for each in session.scalars(households_in(round_.centre_id)):
        seal = seal_of(ring, each.id)
        name = seal.text("name", each.name_sealed) or ""
        address = seal.text("address", each.address_sealed) or ""
        known[_key(Listed(name, address, "", ""))] = each.id
    return known


def _key(each: Listed) -> tuple[str, str]:
    return "".join(each.name.split()), "".join(each.address.split())


def _add(session: Session, ring: KeyRing, centre_id: UUID, told: Listed, at: datetime) -> UUID:
    household_id = uuid4()
    seal = seal_for(ring, centre_id, household_id)
    session.add(
        Household(
            id=household_id,
            centre_id=centre_id,
            listed_at=at,
            name_sealed=seal.close("name", told.name),
            address_sealed=seal.close("address", told.address),
            phone_sealed=seal.close("phone", told.phone) if told.phone else None,
            note_sealed=seal.close("note", told.note) if told.note else None,
        )
    )
    session.flush()
    return household_id
