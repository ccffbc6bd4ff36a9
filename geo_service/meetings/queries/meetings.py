"""Questions about meetings. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from geo_service.accounts.models import Person
from geo_service.meetings.models import (
    OPEN,
    Attendee,
    Going,
    Help,
    Meeting,
    MeetingState,
    Suit,
    Support,
    Time,
)
from geo_service.offices.models import Role, Staff

MOST = 200
"""No page tells more meetings than this."""

TO_COME = (*OPEN, MeetingState.CONVENED)
"""Of which something is still to come."""


def the_meeting(meeting_id: UUID) -> Select[Meeting]:
    """One meeting, a proposal too: whoever has its address may read it."""
    return select(Meeting).where(Meeting.id == meeting_id)


def my_meeting(person_id: UUID, meeting_id: UUID) -> Select[Meeting]:
    """One that somebody proposed for themselves."""
    return the_meeting(meeting_id).where(
        Meeting.proposed_by_id == person_id, Meeting.by_office.is_(False)
    )


def our_meeting(offices: Collection[UUID], meeting_id: UUID) -> Select[Meeting]:
    """One in the dongs of these offices."""
    return the_meeting(meeting_id).where(Meeting.office_id.in_(offices))


def held(meeting_id: UUID) -> Select[UUID]:
    """The row of a meeting, kept from others until the transaction ends.

    To be asked before the meeting itself is read: what a waiting statement reads beside the row it
    waited for is older than that row.
    """
    meeting = Meeting.__table__
    return select(meeting.c.id).where(meeting.c.id == meeting_id).with_for_update()


def times_of(meeting_id: UUID) -> Select[Time, int]:
    """The times it offers, and how many each suits. Order: by time."""
    suits = select(func.count()).where(Suit.time_id == Time.id).scalar_subquery()
    return (
        select(Time, suits)
        .where(Time.meeting_id == meeting_id)
        .order_by(func.lower(Time.during), Time.id)
    )


def suits_of(meeting_id: UUID, person_id: UUID) -> Select[UUID]:
    """The times that suit somebody."""
    return select(Suit.time_id).where(Suit.meeting_id == meeting_id, Suit.person_id == person_id)


def supporters_of(meeting_id: UUID) -> Select[Person]:
    """Who supports it. Order: by id."""
    return (
        select(Person)
        .join(Support, Support.person_id == Person.id)
        .where(Support.meeting_id == meeting_id)
        .order_by(Person.id)
    )


def support_counted(meeting_id: UUID) -> Select[int]:
    """How many support it."""
    return select(func.count()).where(Support.meeting_id == meeting_id)


def officers_of(office_id: UUID) -> Select[Person]:
    """Who may come and help. Order: by id."""
    return (
        select(Person)
        .join(Staff, Staff.person_id == Person.id)
        .where(Staff.office_id == office_id, Staff.role == Role.OFFICER)
        .order_by(Person.id)
    )


def my_proposals(person_id: UUID) -> Select[Meeting, int]:
    """What somebody proposed, and how many support it. Order: to come before over, then latest."""
    return (
        _with_support()
        .where(Meeting.proposed_by_id == person_id, Meeting.by_office.is_(False))
        .order_by(Meeting.state.not_in(TO_COME), Meeting.proposed_at.desc(), Meeting.id)
        .limit(MOST)
    )


def my_supported(person_id: UUID) -> Select[Meeting, int]:
    """Proposals that somebody supports, and how many do. Order: latest first."""
    mine = select(Support.meeting_id).where(Support.person_id == person_id)
    return (
        _with_support()
        .where(Meeting.id.in_(mine), Meeting.state.in_(OPEN))
        .order_by(Meeting.proposed_at.desc(), Meeting.id)
        .limit(MOST)
    )


def my_seats(person_id: UUID, *, since: datetime) -> Select[Attendee]:
    """Where somebody goes, or waits to go, and it is not over. Order: by time."""
    return (
        select(Attendee)
        .join(Attendee.meeting)
        .where(
            Attendee.person_id == person_id,
            Meeting.state == MeetingState.CONVENED,
            func.upper(Meeting.during) > since,
        )
        .options(selectinload(Attendee.meeting))
        .order_by(func.lower(Meeting.during), Meeting.id)
        .limit(MOST)
    )


def my_seat(meeting_id: UUID, person_id: UUID) -> Select[Attendee]:
    """That somebody comes to a meeting."""
    return select(Attendee).where(
        Attendee.meeting_id == meeting_id, Attendee.person_id == person_id
    )


def our_meetings(offices: Collection[UUID], *, since: datetime) -> Select[Meeting, int]:
    """Meetings of some dongs, and how many support them: to come, or over since then.

    Order: who waits for an answer first, then by time; proposals last, oldest first.
    """
    return (
        _with_support()
        .where(
            Meeting.office_id.in_(offices),
            or_(Meeting.state.in_(TO_COME), _over_since(since)),
        )
        .order_by(
            and_(Meeting.help == Help.ASKED, Meeting.state == MeetingState.CONVENED).is_not(True),
            Meeting.state.not_in(TO_COME),
            func.lower(Meeting.during).nulls_last(),
            Meeting.proposed_at,
            Meeting.id,
        )
        .limit(MOST)
    )


def waiting_for_help(offices: Collection[UUID]) -> Select[int]:
    """How many meetings to come ask an officer to come and have no answer."""
    return (
        select(func.count())
        .select_from(Meeting)
        .where(
            Meeting.office_id.in_(offices),
            Meeting.state == MeetingState.CONVENED,
            Meeting.help == Help.ASKED,
        )
    )


def people_of(meeting_id: UUID) -> Select[Attendee]:
    """Everybody who comes or waits. Order: as they joined."""
    return (
        select(Attendee)
        .where(Attendee.meeting_id == meeting_id)
        .options(joinedload(Attendee.person))
        .order_by(Attendee.joined_at, Attendee.id)
    )


def the_line(meeting_id: UUID) -> Select[Attendee]:
    """Who waits for a seat. Order: as they joined."""
    return people_of(meeting_id).where(Attendee.going == Going.WAITING)


def to_call(meeting_id: UUID) -> Select[Attendee]:
    """Who has something to be told that no letter could. Order: since when."""
    return (
        people_of(meeting_id)
        .where(Attendee.to_call_at.is_not(None))
        .order_by(None)
        .order_by(Attendee.to_call_at, Attendee.id)
    )


def the_seat(code_hash: bytes) -> Select[Attendee]:
    """The seat that a code is for."""
    return (
        select(Attendee)
        .where(Attendee.code_hash == code_hash)
        .options(selectinload(Attendee.meeting))
    )


def _with_support() -> Select[Meeting, int]:
    counted = select(func.count()).where(Support.meeting_id == Meeting.id).scalar_subquery()
    return select(Meeting, counted)


def _over_since(since: datetime) -> ColumnElement[bool]:
    return Meeting.closed_at >= since
