"""Load the pilot district: its areas, its offices, and demo listings."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

import geo_service
from geo_service.areas.models import Area, Level, Register
from geo_service.areas.queries import area_at, area_by_code
from geo_service.areas.workflow import load_default
from geo_service.clock import KOREA, now
from geo_service.errors import Invalid
from geo_service.geo.place import Place
from geo_service.hours.korean import week_words
from geo_service.hours.week import Spans
from geo_service.jobs.models import Job
from geo_service.listings.models import DEMO, Listing
from geo_service.offices.models import Office, OfficeKind
from geo_service.pilot.schemas import (
    Entry,
    JobEntry,
    ListingEntry,
    ListingsFile,
    OfficeEntry,
    OfficesFile,
    SpaceEntry,
    day_of,
    midnight,
    spans_of,
)
from geo_service.spaces.models import Space

DATA = Path(geo_service.__file__).parents[1] / "data"
"""Where the project keeps what it wrote itself."""

AnyFile = TypeVar("AnyFile", bound=Entry)


class PilotIsMisspelt(Invalid):
    """A file of the pilot cannot be read."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much the files tell."""

    offices: int
    listings: int


def load(session: Session, data: Path = DATA, at: datetime | None = None) -> Loaded:
    """Bring offices and demo listings to what the files say, with dates told from today.

    What is there already keeps its id; demo listings that left the files are closed.
    Raises: PilotIsMisspelt.
    """
    told_offices = _read(data / "pilot_offices.json", OfficesFile).offices
    told_listings = _read(data / "pilot_listings.json", ListingsFile).listings
    _check_keys(told_offices, told_listings)
    moment = (at or now()).astimezone(KOREA).replace(minute=0, second=0, microsecond=0)

    load_default(session)
    with session.no_autoflush:
        offices = {entry.key: session.merge(_office(session, entry)) for entry in told_offices}
        for entry in sorted(told_listings, key=_is_part):
            listing = _listing(entry, offices[entry.office], moment)
            listing.area_id = _area_id(session, listing.place)
            session.merge(listing)
    session.flush()
    _close_others(session, {_id_of("listing", entry.key) for entry in told_listings}, moment)
    return Loaded(offices=len(told_offices), listings=len(told_listings))


def _read(file: Path, shape: type[AnyFile]) -> AnyFile:
    told = file.read_bytes()
    try:
        return shape.model_validate_json(told)
    except ValidationError as error:
        wrong = "; ".join(_mistake(each["loc"], each["msg"], told) for each in error.errors()[:5])
        raise PilotIsMisspelt(f"{file.name}: {wrong}") from error


def _mistake(at: tuple[int | str, ...], what: str, told: bytes) -> str:
    """What is wrong and where, with the entry's key instead of its number."""
    names = list(map(str, at))
    if len(at) > 1 and isinstance(at[1], int):
        names[1] = str(json.loads(told)[at[0]][at[1]].get("key", at[1]))
    return f"{'.'.join(names)}: {what}" if names else what


def _check_keys(offices: list[OfficeEntry], listings: list[JobEntry | SpaceEntry]) -> None:
    """Every key is there once, and whatever is referred to is there."""
    office_keys = [entry.key for entry in offices]
    listing_keys = [entry.key for entry in listings]
    wholes = {entry.key for entry in listings if isinstance(entry, SpaceEntry)}
    for file, keys in (("pilot_offices", office_keys), ("pilot_listings", listing_keys)):
        for key in {key for key in keys if keys.count(key) > 1}:
            raise PilotIsMisspelt(f"{file}.json: {key}: key 가 두 번 적혀 있습니다")
    for entry in listings:
        if entry.office not in office_keys:
            raise PilotIsMisspelt(f"pilot_listings.json: {entry.key}: 없는 office: {entry.office}")
        if isinstance(entry, SpaceEntry) and entry.part_of and entry.part_of not in wholes:
            raise PilotIsMisspelt(
                f"pilot_listings.json: {entry.key}: 없는 part_of: {entry.part_of}"
            )


def _is_part(entry: ListingEntry) -> bool:
    """Parts come after their wholes."""
    return isinstance(entry, SpaceEntry) and entry.part_of is not None


def _id_of(what: str, key: str) -> UUID:
    """The same id for the same key, on every machine."""
    return uuid5(NAMESPACE_URL, f"geo-service:pilot:{what}:{key}")


def _area_id(session: Session, place: Place, level: Level | None = None) -> int | None:
    area = session.scalar(area_at(place, level=level))
    return area.id if area else None


def _office(session: Session, entry: OfficeEntry) -> Office:
    place = Place(lat=entry.lat, lng=entry.lng)
    answers_for = _dong(session, entry.codes)
    district = Level.SIGUNGU if entry.kind is OfficeKind.DISTRICT_OFFICE else None
    return Office(
        id=_id_of("office", entry.key),
        kind=entry.kind,
        name=entry.name,
        address=entry.address,
        place=place,
        hours_words=entry.hours_words,
        area_id=answers_for.id if answers_for else _area_id(session, place, district),
        answers_for_id=answers_for.id if answers_for else None,
        reference=f"pilot:{entry.key}",
    )


def _dong(session: Session, codes: Collection[str]) -> Area | None:
    """The administrative dong that bears one of the codes today."""
    for code in codes:
        if area := session.scalar(area_by_code(code, register=Register.ADMINISTRATIVE)):
            return area
    return None


def _listing(entry: JobEntry | SpaceEntry, office: Office, moment: datetime) -> Job | Space:
    if isinstance(entry, JobEntry):
        return _job(entry, office, moment)
    return _space(entry, office, moment)


def _job(entry: JobEntry, office: Office, moment: datetime) -> Job:
    today = moment.date()
    works_until = day_of(entry.works_until, today)
    spans = entry.weekly_spans(today)
    urgent = entry.urgent_hours and moment + timedelta(hours=entry.urgent_hours)
    return Job(
        id=_id_of("listing", entry.key),
        title=entry.title,
        summary=entry.summary,
        address=_address(entry, office),
        place=_place(entry, office),
        office_id=office.id,
        published_at=midnight(day_of(entry.published, today)),
        closed_at=None,
        open_during=Range(None, midnight(works_until + timedelta(days=1))),
        open_week=_ranges(spans),
        closed_days=entry.closed_days,
        source=DEMO,
        reference_on=today,
        pay_won=entry.pay_won,
        pay_unit=entry.pay_unit,
        allowance_programme=entry.allowance_programme,
        works_from=day_of(entry.works_from, today),
        works_until=works_until,
        weekly_hours=entry.task_hours or _hours(spans),
        hours_words=entry.hours_words or week_words(spans),
        seats=entry.seats,
        how_to_apply=entry.how_to_apply,
        urgent_until=urgent or None,
    )


def _space(entry: SpaceEntry, office: Office, moment: datetime) -> Space:
    today = moment.date()
    spans = spans_of(entry.open or {}, [])
    return Space(
        id=_id_of("listing", entry.key),
        title=entry.title,
        summary=entry.summary,
        address=_address(entry, office),
        place=_place(entry, office),
        office_id=office.id,
        published_at=midnight(day_of(entry.published, today)),
        closed_at=None,
        open_week=_ranges(spans),
        closed_days=entry.closed_days,
        source=DEMO,
        reference_on=today,
        facility=entry.facility or office.name,
        space_type=entry.space_type,
        part_of_id=_id_of("listing", entry.part_of) if entry.part_of else None,
        capacity=entry.capacity,
        area_m2=entry.area_m2,
        equipment=entry.equipment,
        hours_words=entry.hours_words or week_words(spans),
        closed_words=entry.closed,
        fee_words=entry.fee_words,
        fee_won=entry.fee_won,
        fee_minutes=entry.fee_minutes,
        how_to_book=entry.how_to_book,
    )


def _place(entry: ListingEntry, office: Office) -> Place:
    """Its own point, or the office's door."""
    if entry.lat is not None and entry.lng is not None:
        return Place(lat=entry.lat, lng=entry.lng)
    assert office.place is not None, "every office of the pilot has a place"  # noqa: S101
    return office.place


def _address(entry: ListingEntry, office: Office) -> str:
    return entry.address or office.address or ""


def _ranges(spans: Spans) -> list[Range[int]]:
    return [Range(opens, closes) for opens, closes in spans]


def _hours(spans: Spans) -> Decimal:
    minutes = sum(closes - opens for opens, closes in spans)
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def _close_others(session: Session, kept: Collection[UUID], moment: datetime) -> None:
    """Demo listings that are in the files no more are no more on offer."""
    left = select(Listing).where(
        Listing.source == DEMO, Listing.closed_at.is_(None), Listing.id.not_in(kept)
    )
    for listing in session.scalars(left):
        listing.closed_at = max(moment, listing.published_at or moment)
    session.flush()
