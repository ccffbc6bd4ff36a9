"""A proposal becomes a meeting; and what time does to both."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.meetings.letters import meetings as letters
from geo_service.meetings.models import (
    OPEN,
    Attendee,
    Going,
    Meeting,
    MeetingState,
    Time,
)
from geo_service.meetings.queries.meetings import support_counted
from geo_service.meetings.workflow.announcing import ask_for_help, remind_later, tell_supporters
from geo_service.meetings.workflow.parting import forget_hidden
from geo_service.meetings.workflow.problems import NotOneOfItsTimes, NotSupportedYet
from geo_service.meetings.workflow.rooms import take_room
from geo_service.meetings.workflow.standing import hold_meeting, hold_proposal

WIPED_AFTER = timedelta(days=7)
"""So long after a meeting is over the names and phone numbers of guests are kept."""


def convene(  # noqa: PLR0913 — all of them are needed
    session: Session,
    meeting: Meeting,
    time_id: UUID,
    *,
    room_id: UUID | None,
    by: Person,
    for_office: bool,
    at: datetime,
) -> Meeting:
    """Hold it at one of its times, in a room that is booked in the same step if one is named.

    Raises: NotAProposal, NotSupportedYet, NotOneOfItsTimes, RoomIsGone.
    """
    meeting = hold_proposal(session, meeting.id)
    if not for_office and meeting.state is not MeetingState.SUPPORTED:
        counted = session.scalar(support_counted(meeting.id)) or 0
        raise NotSupportedYet(missing=meeting.supporters_needed - counted)
    time = session.get(Time, time_id)
    if time is None or time.meeting_id != meeting.id or time.begins_at <= at:
        raise NotOneOfItsTimes
    if room_id is not None:
        take_room(session, meeting, room_id, time.during, by, at=at)
    meeting.state, meeting.during = MeetingState.CONVENED, time.during
    meeting.published_at = at
    meeting.open_during = Range(None, time.ends_at)
    _seat_the_proposer(session, meeting, at=at)
    ask_for_help(session, meeting)
    session.flush()
    tell_supporters(session, meeting, letters.convened)
    remind_later(session, meeting, at=at)
    return meeting


def _seat_the_proposer(session: Session, meeting: Meeting, *, at: datetime) -> None:
    """A neighbour who proposes it comes."""
    if meeting.by_office or meeting.proposed_by_id is None:
        return
    session.add(
        Attendee(
            meeting_id=meeting.id,
            person_id=meeting.proposed_by_id,
            going=Going.COMING,
            named=meeting.named,
            joined_at=at,
        )
    )
    meeting.taken += 1


def let_time_pass(session: Session, *, at: datetime) -> None:
    """What is over was held; what could not be any more has lapsed; guests' names are wiped."""
    over = select(Meeting.id).where(
        Meeting.state == MeetingState.CONVENED, func.upper(Meeting.during) <= at
    )
    for meeting_id in session.scalars(over).all():
        meeting = hold_meeting(session, meeting_id)
        if meeting.state is MeetingState.CONVENED and meeting.is_over(at):
            meeting.state, meeting.closed_at = MeetingState.HELD, meeting.ends_at
    ahead = exists().where(Time.meeting_id == Meeting.id, func.lower(Time.during) > at)
    late = select(Meeting.id).where(Meeting.state.in_(OPEN), ~ahead)
    for meeting_id in session.scalars(late).all():
        meeting = hold_meeting(session, meeting_id)
        if meeting.is_proposal:
            meeting.state, meeting.closed_at = MeetingState.LAPSED, at
    session.flush()
    forget_guests(session, at=at)


def forget_guests(session: Session, *, at: datetime) -> None:
    """Of who came without an account only the wishes stay."""
    over = select(Meeting.id).where(Meeting.closed_at <= at - WIPED_AFTER)
    silent = select(Attendee.meeting_id, Attendee.name).where(
        Attendee.meeting_id.in_(over), Attendee.code_hash.is_not(None), Attendee.named.is_(False)
    )
    for meeting_id, name in session.execute(silent.order_by(Attendee.meeting_id)).all():
        hold_meeting(session, meeting_id)
        forget_hidden(session, meeting_id, name)
    session.execute(
        update(Attendee)
        .where(Attendee.meeting_id.in_(over), Attendee.code_hash.is_not(None))
        .values(name="", phone=None, code_hash=None, to_call_at=None, wiped_at=at)
    )
