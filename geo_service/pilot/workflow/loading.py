"""Bring the database to what the files say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

import geo_service
from geo_service.areas.models import Area, Level, Register
from geo_service.areas.queries import area_at, area_by_code
from geo_service.areas.workflow import load_default
from geo_service.clock import KOREA, now
from geo_service.geo.place import Place
from geo_service.jobs.models import Job
from geo_service.listings.models import DEMO, Listing
from geo_service.offices.models import Office, OfficeKind
from geo_service.pilot.schemas.district import (
    BenefitEntry,
    ListingEntry,
    ListingsFile,
    MeetingsFile,
    OfficeEntry,
    OfficesFile,
    ProgrammeEntry,
    SpaceEntry,
    day_of,
)
from geo_service.pilot.workflow.meetings import call_meetings
from geo_service.pilot.workflow.reading import PilotIsMisspelt, check_keys, read
from geo_service.pilot.workflow.rows import id_of, listing
from geo_service.programmes.models import Programme
from geo_service.spaces.models import Terms
from geo_service.watchers.models import Benefit

DATA = Path(geo_service.__file__).parents[1] / "data"
"""Where the project keeps what it wrote itself."""


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
    about_offices = read(data / "pilot_offices.json", OfficesFile)
    told_offices = about_offices.offices
    told_listings = read(data / "pilot_listings.json", ListingsFile).listings
    told_meetings = read(data / "pilot_meetings.json", MeetingsFile).meetings
    check_keys(told_offices, told_listings, about_offices.programmes, told_meetings)
    moment = (at or now()).astimezone(KOREA).replace(minute=0, second=0, microsecond=0)

    load_default(session)
    with session.no_autoflush:
        offices = {entry.key: session.merge(_office(session, entry)) for entry in told_offices}
        session.flush()
        for told in about_offices.programmes:
            _set_up(session, told, moment)
        for thanks in about_offices.benefits:
            _thank(session, thanks, moment)
        for entry in sorted(told_listings, key=_is_part):
            row = listing(entry, offices[entry.office], moment)
            row.area_id = _area_id(session, row.place)
            _keep_what_happened(session, row)
            session.merge(row)
            if isinstance(entry, SpaceEntry) and entry.booking is not None:
                session.merge(Terms(space_id=row.id, **entry.booking.model_dump()))
    session.flush()
    kept = call_meetings(session, told_meetings, offices, moment)
    _close_others(session, kept | {id_of("listing", one.key) for one in told_listings}, moment)
    return Loaded(offices=len(told_offices), listings=len(told_listings))


def _set_up(session: Session, entry: ProgrammeEntry, moment: datetime) -> None:
    """A programme that is not there yet; one that is there is its office's own."""
    programme_id, today = id_of("programme", entry.key), moment.date()
    if session.get(Programme, programme_id) is not None:
        return
    session.add(
        Programme(
            id=programme_id,
            office_id=id_of("office", entry.office),
            name=entry.name,
            hourly_won=entry.hourly_won,
            budget_won=entry.budget_won,
            valid_from=day_of(entry.valid_from, today),
            valid_until=day_of(entry.valid_until, today),
            minutes_in_all=_minutes(entry.hours_in_all),
            minutes_a_month=_minutes(entry.hours_a_month),
            minutes_a_week=_minutes(entry.hours_a_week),
        )
    )
    session.flush()


def _thank(session: Session, entry: BenefitEntry, moment: datetime) -> None:
    """A benefit that is not there yet; one that is there is its office's own."""
    benefit_id, office_id = id_of("benefit", entry.key), id_of("office", entry.office)
    if session.get(Office, office_id) is None:
        raise PilotIsMisspelt(f"pilot_offices.json: {entry.key}: 없는 office: {entry.office}")
    if session.get(Benefit, benefit_id) is None:
        session.add(
            Benefit(
                id=benefit_id,
                office_id=office_id,
                title=entry.title,
                partner=entry.partner,
                words=entry.words,
                good_from=moment.date(),
            )
        )
        session.flush()


def _minutes(hours: int | None) -> int | None:
    return None if hours is None else hours * 60


def _keep_what_happened(session: Session, row: Listing) -> None:
    """What people did to a job since it was first loaded: who was taken, which edit it is."""
    known = session.get(Job, row.id) if isinstance(row, Job) else None
    if known is not None and isinstance(row, Job):
        row.taken, row.version = known.taken, known.version


def _is_part(entry: ListingEntry) -> bool:
    """Parts come after their wholes."""
    return isinstance(entry, SpaceEntry) and entry.part_of is not None


def _area_id(session: Session, place: Place, level: Level | None = None) -> int | None:
    area = session.scalar(area_at(place, level=level))
    return area.id if area else None


def _office(session: Session, entry: OfficeEntry) -> Office:
    place = Place(lat=entry.lat, lng=entry.lng)
    answers_for = _dong(session, entry.codes)
    district = Level.SIGUNGU if entry.kind is OfficeKind.DISTRICT_OFFICE else None
    return Office(
        id=id_of("office", entry.key),
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


def _close_others(session: Session, kept: Collection[UUID], moment: datetime) -> None:
    """Demo listings that are in the files no more are no more on offer."""
    left = select(Listing).where(
        Listing.source == DEMO, Listing.closed_at.is_(None), Listing.id.not_in(kept)
    )
    for gone in session.scalars(left):
        gone.closed_at = max(moment, gone.published_at or moment)
    session.flush()
