"""Invented meetings: convened ones to join, and a proposal to support."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.queries import area_at
from geo_service.geo.place import Place
from geo_service.listings.models import DEMO
from geo_service.meetings.models import Help, Meeting, MeetingState, Time
from geo_service.offices.models import Office
from geo_service.pilot.schemas.district import MeetingEntry, day_of, midnight
from geo_service.pilot.workflow.rows import id_of


def call_meetings(
    session: Session,
    entries: Iterable[MeetingEntry],
    offices: Mapping[str, Office],
    moment: datetime,
) -> frozenset[UUID]:
    """Those that are not there yet, or are over; one to come stays as people have made it.

    Shape: the ids of all of them.
    """
    ids = set()
    for entry in entries:
        meeting_id = id_of("listing", entry.key)
        ids.add(meeting_id)
        known = session.get(Meeting, meeting_id)
        if known is not None and _is_to_come(session, known, moment):
            continue
        if known is not None:
            session.delete(known)
            session.flush()
        _call(session, meeting_id, entry, offices[entry.office], moment)
    return frozenset(ids)


def _is_to_come(session: Session, meeting: Meeting, moment: datetime) -> bool:
    last = session.scalar(
        select(func.max(func.upper(Time.during))).where(Time.meeting_id == meeting.id)
    )
    return meeting.closed_at is None and last is not None and last > moment


def _call(
    session: Session, meeting_id: UUID, entry: MeetingEntry, office: Office, moment: datetime
) -> None:
    times = [_time(told, entry.minutes, moment) for told in entry.times]
    place = office.place if entry.lat is None or entry.lng is None else Place(entry.lat, entry.lng)
    assert place is not None, "every office of the pilot has a place"  # noqa: S101
    area = session.scalar(area_at(place))
    first = times[0] if entry.convened else None
    session.add(
        Meeting(
            id=meeting_id,
            title=entry.title,
            summary=entry.summary,
            address=entry.address or office.address or "",
            place=place,
            area_id=area.id if area else None,
            office_id=office.id,
            source=DEMO,
            published_at=moment if first else None,
            open_during=Range(None, first.upper if first else None),
            form=entry.form,
            venue=entry.venue,
            venue_words=entry.venue_words,
            bring=entry.bring,
            seats=entry.seats,
            state=MeetingState.CONVENED if first else MeetingState.PROPOSED,
            during=first,
            proposed_at=moment,
            by_office=entry.by_office,
            help=Help.COMING if first else None,
        )
    )
    session.flush()
    session.add_all(Time(meeting_id=meeting_id, during=during) for during in times)
    session.flush()


def _time(told: str, minutes: int, moment: datetime) -> Range[datetime]:
    days, _, clock = told.partition(" ")
    hour, minute = map(int, clock.split(":"))
    begins = midnight(day_of(days, moment.date())) + timedelta(hours=hour, minutes=minute)
    return Range(begins, begins + timedelta(minutes=minutes))
