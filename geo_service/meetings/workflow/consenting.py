"""Agree to be named, or take it back: at any time, also when the meeting is long over."""

from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.meetings.models import Attendee, Meeting
from geo_service.meetings.queries.meetings import my_seat
from geo_service.meetings.workflow.problems import SeatIsGivenUp
from geo_service.meetings.workflow.standing import hold_meeting, hold_row


def agree(session: Session, meeting: Meeting, person: Person, *, named: bool) -> None:
    """Whether somebody may be named; whom the meeting does not know, changes nothing."""
    meeting = hold_meeting(session, meeting.id)
    seat = session.scalar(my_seat(meeting.id, person.id))
    if seat is not None:
        agree_by_seat(session, seat, named=named)
    elif _proposed(meeting, person.id):
        meeting.named = named
    session.flush()


def agree_by_seat(session: Session, one: Attendee, *, named: bool) -> None:
    """The same for who has this seat. Raises: SeatIsGivenUp."""
    meeting = hold_meeting(session, one.meeting_id)
    note_consent(meeting, hold_row(session, one, SeatIsGivenUp()), named=named)
    session.flush()


def note_consent(meeting: Meeting, one: Attendee, *, named: bool) -> None:
    """What somebody says of their name holds for their seat and for what they proposed."""
    one.named = named
    if one.person_id is not None and _proposed(meeting, one.person_id):
        meeting.named = named


def _proposed(meeting: Meeting, person_id: UUID) -> bool:
    return meeting.proposed_by_id == person_id and not meeting.by_office
