"""From an entry of the files to the row that is kept."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import Range

from geo_service.geo.place import Place
from geo_service.hours.korean import week_words
from geo_service.hours.week import Spans
from geo_service.jobs.models import Job
from geo_service.listings.models import DEMO
from geo_service.offices.models import Office
from geo_service.pilot.schemas.district import (
    JobEntry,
    ListingEntry,
    SpaceEntry,
    day_of,
    midnight,
    spans_of,
)
from geo_service.spaces.models import Space


def id_of(what: str, key: str) -> UUID:
    """The same id for the same key, on every machine."""
    return uuid5(NAMESPACE_URL, f"geo-service:pilot:{what}:{key}")


def listing(entry: JobEntry | SpaceEntry, office: Office, moment: datetime) -> Job | Space:
    """The job or space that an entry tells, with its dates counted from `moment`."""
    if isinstance(entry, JobEntry):
        return _job(entry, office, moment)
    return _space(entry, office, moment)


def _job(entry: JobEntry, office: Office, moment: datetime) -> Job:
    today = moment.date()
    works_until = day_of(entry.works_until, today)
    spans = entry.weekly_spans(today)
    urgent = entry.urgent_hours and moment + timedelta(hours=entry.urgent_hours)
    return Job(
        id=id_of("listing", entry.key),
        title=entry.title,
        summary=entry.summary,
        address=_address(entry, office),
        place=_place(entry, office),
        office_id=office.id,
        published_at=midnight(day_of(entry.published, today)),
        closed_at=None,
        done_at=None,
        removed_at=None,
        open_during=Range(None, midnight(works_until + timedelta(days=1))),
        open_week=_ranges(spans),
        closed_days=entry.closed_days,
        source=DEMO,
        reference_on=day_of(entry.published, today),
        pay_won=entry.pay_won,
        pay_unit=entry.pay_unit,
        task_hours=entry.task_hours,
        allowance_programme=entry.allowance_programme,
        programme_id=id_of("programme", entry.programme) if entry.programme else None,
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
        id=id_of("listing", entry.key),
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
        reference_on=day_of(entry.published, today),
        facility=entry.facility or office.name,
        space_type=entry.space_type,
        part_of_id=id_of("listing", entry.part_of) if entry.part_of else None,
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
