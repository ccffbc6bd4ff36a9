"""Four weeks later: what became of it? Owners and the proposer are asked, and everybody reads."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.errors import Conflict
from geo_service.mail import send
from geo_service.meetings.letters.records import how_did_it_go
from geo_service.meetings.models import LookBack, Meeting, MeetingState
from geo_service.meetings.queries.records import (
    tasks_of,
    to_be_looked_back_at,
)
from geo_service.meetings.workflow.standing import hold_meeting

AFTER = timedelta(weeks=4)
"""Long enough for something to have happened, short enough to remember."""


class TooEarlyToLookBack(Conflict):
    """One looks back four weeks after the meeting."""

    korean = "모임이 끝나고 4주가 지나면 돌아볼 수 있어요."


def ask_back(session: Session, *, at: datetime) -> int:
    """Ask owners and proposers of all meetings that ended four weeks ago; how many meetings."""
    meetings = session.scalars(to_be_looked_back_at(at - AFTER)).unique().all()
    for meeting in meetings:
        session.add(LookBack(meeting_id=meeting.id, asked_at=at))
        session.flush()
        asked = {task.owner_id for task in session.scalars(tasks_of(meeting.id))}
        asked.add(meeting.proposed_by_id)
        for person_id in asked - {None}:
            person = session.get(Person, person_id)
            if person is not None:
                send(session, person.email, how_did_it_go(meeting.title, person.tongue))
    return len(meetings)


def is_time(meeting: Meeting, at: datetime) -> bool:
    """Whether four weeks have passed."""
    held = meeting.state in {MeetingState.HELD, MeetingState.LOOKED_BACK}
    return held and meeting.ends_at is not None and meeting.ends_at + AFTER <= at


def look_back(
    session: Session, meeting: Meeting, words: str, *, by_office: bool, at: datetime
) -> LookBack:
    """Say what became of it; said again, the later words stand. Raises: TooEarlyToLookBack."""
    meeting = hold_meeting(session, meeting.id)
    if not is_time(meeting, at):
        raise TooEarlyToLookBack
    told = session.get(LookBack, meeting.id)
    if told is None:
        told = LookBack(meeting_id=meeting.id, asked_at=at)
        session.add(told)
    told.words = words
    told.by_office, told.looked_at = by_office, at
    meeting.state = MeetingState.LOOKED_BACK
    session.flush()
    return told
