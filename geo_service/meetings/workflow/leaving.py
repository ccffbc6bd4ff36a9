"""What somebody who leaves the service has to do with meetings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.meetings.models import Attendee, Meeting, Support
from geo_service.meetings.queries.meetings import TO_COME
from geo_service.meetings.workflow.changing import cancel
from geo_service.meetings.workflow.joining import leave
from geo_service.meetings.workflow.parting import part_from_records
from geo_service.meetings.workflow.proposing import withdraw
from geo_service.meetings.workflow.standing import hold_meeting


def leave_meetings(session: Session, person: Person, *, at: datetime) -> None:
    """Give up seats and support, and cancel what they proposed; what was held stays, without them.

    All meetings are locked first, in the order of their ids, and rooms after them.
    """
    part_from_records(session, person)
    for meeting in [hold_meeting(session, one) for one in session.scalars(_touched(person)).all()]:
        if meeting.proposed_by_id == person.id and not meeting.by_office:
            _end(session, meeting, at=at)
        elif meeting.is_proposal:
            withdraw(session, meeting, person)
    for seat in session.scalars(select(Attendee).where(Attendee.person_id == person.id)).all():
        if seat.meeting.takes_people(at):
            leave(session, seat, at=at)
        else:
            seat.person_id, seat.to_call_at, seat.wiped_at = None, None, at
    session.execute(delete(Support).where(Support.person_id == person.id))
    mine = Meeting.proposed_by_id == person.id
    gone = select(Meeting.id).where(
        mine, Meeting.by_office.is_(False), Meeting.published_at.is_(None)
    )
    for meeting_id in session.scalars(gone).all():
        session.delete(session.get_one(Meeting, meeting_id))
    session.flush()
    for meeting in session.scalars(select(Meeting).where(mine)).all():
        meeting.proposed_by_id, meeting.named = None, False
    session.flush()


def _touched(person: Person) -> Select[UUID]:
    seats = select(Attendee.meeting_id).where(Attendee.person_id == person.id)
    supports = select(Support.meeting_id).where(Support.person_id == person.id)
    return (
        select(Meeting.id)
        .where(
            Meeting.state.in_(TO_COME),
            or_(
                Meeting.proposed_by_id == person.id,
                Meeting.id.in_(seats),
                Meeting.id.in_(supports),
            ),
        )
        .order_by(Meeting.id)
    )


def _end(session: Session, meeting: Meeting, *, at: datetime) -> None:
    if meeting.state in TO_COME and (meeting.ends_at is None or meeting.ends_at > at):
        cancel(session, meeting, why="", by_id=meeting.proposed_by_id, at=at)
