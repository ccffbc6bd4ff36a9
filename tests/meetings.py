"""Proposals and meetings, and who comes to them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.meetings.models import Attendee, Form, Guest, Meeting, Offer, Time, Venue, Wishes
from geo_service.meetings.queries.meetings import my_seat
from geo_service.meetings.workflow.convening import convene
from geo_service.meetings.workflow.joining import a_code, join
from geo_service.meetings.workflow.proposing import propose, support
from geo_service.offices.models import Office
from geo_service.spaces.models import Space
from tests.factories import HOME, an_office, walk
from tests.people import a_person, on_staff
from tests.spaces import ALL_DAY, a_room

CODE = a_code(bytes(32))


def in_days(days: int, hour: int = 19, *, minutes: int = 90) -> Range[datetime]:
    """An evening in Korea, so many days from now, as the database tells it."""
    midnight = now().astimezone(KOREA).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = (midnight + timedelta(days=days, hours=hour)).astimezone(UTC)
    return Range(begins, begins + timedelta(minutes=minutes))


def an_offer(**said: Any) -> Offer:
    """A mat under the zelkova at HOME, on one of two evenings."""
    usual: dict[str, Any] = {
        "form": Form.MEETING,
        "title": "골목 화단을 함께 가꾸어요",
        "venue": Venue.OUTDOORS,
        "place": HOME,
        "times": (in_days(3), in_days(4)),
        "venue_words": "느티나무 아래 평상",
        "seats": 4,
    }
    return Offer(**usual | said)


def a_proposal(
    session: Session, by: Person | None = None, *, office: Office | None = None, **said: Any
) -> Meeting:
    """Of a neighbour, unless of an office; at the centre that the office is."""
    centre = office or an_office(session)
    offer = an_offer(**said)
    meeting = propose(session, offer, by=by or a_person(session), office=centre, at=now())
    meeting.by_office = False
    session.commit()
    return meeting


def the_meeting(session: Session) -> Meeting:
    """The only one there is, as the database has it now."""
    session.expire_all()
    return session.scalars(select(Meeting)).one()


def an_evening_room(session: Session, **said: Any) -> Space:
    """A room beside `HOME` that is open at all hours."""
    usual = {"title": "마을 사랑방", "place": walk(200), "open_week": ALL_DAY, "capacity": 20}
    return a_room(session, **usual | said)


def times_of(session: Session, meeting: Meeting) -> list[Time]:
    """By time."""
    found = select(Time).where(Time.meeting_id == meeting.id).order_by(Time.during)
    return list(session.scalars(found))


def supported(session: Session, meeting: Meeting, people: int = 3) -> Meeting:
    """By so many neighbours, whom its first time suits."""
    first = times_of(session, meeting)[0]
    for _ in range(people):
        support(session, meeting, a_person(session), [first.id], at=now())
    session.commit()
    return meeting


def convened(session: Session, by: Person | None = None, **said: Any) -> Meeting:
    """At its first time, by a neighbour who has a seat; the office said yes."""
    meeting = a_proposal(session, by, **said)
    officer = on_staff(session, meeting.office_id)
    first = times_of(session, meeting)[0]
    convene(session, meeting, first.id, room_id=None, by=officer, for_office=True, at=now())
    session.commit()
    return meeting


def a_seat(session: Session, meeting: Meeting, person: Person, **wishes: Any) -> Attendee:
    """Of somebody with an account."""
    one = join(session, meeting, person, Wishes(**wishes), at=now())
    session.commit()
    return one


def a_guest(session: Session, meeting: Meeting, code: str = CODE, **wishes: Any) -> Attendee:
    """Without one."""
    phone = f"+82101234{int.from_bytes(code.encode()) % 10_000:04}"
    one = join(session, meeting, Guest("박이웃", phone, code), Wishes(**wishes), at=now())
    session.commit()
    return one


def seat_of(session: Session, meeting: Meeting, person_id: UUID) -> Attendee | None:
    """As the database has it now."""
    session.expire_all()
    return session.scalar(my_seat(meeting.id, person_id))
