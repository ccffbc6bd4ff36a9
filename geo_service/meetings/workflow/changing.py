"""Move a meeting, cancel it, or answer that one comes to help."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.meetings.letters import meetings as letters
from geo_service.meetings.models import Help, Meeting, MeetingState
from geo_service.meetings.queries.meetings import TO_COME
from geo_service.meetings.workflow.announcing import (
    ask_for_help,
    remind_later,
    remind_nobody,
    tell_everybody,
    tell_proposer,
    tell_the_others,
)
from geo_service.meetings.workflow.problems import NotAskedToHelp, NotConvened
from geo_service.meetings.workflow.rooms import give_room_back, meet_elsewhere, take_room
from geo_service.meetings.workflow.standing import expect_ahead, hold_convened, hold_meeting


def move(  # noqa: PLR0913 — all of them are needed
    session: Session,
    meeting: Meeting,
    during: Range[datetime],
    *,
    room_id: UUID | None = None,
    venue_words: str = "",
    why: str = "",
    by: Person,
    at: datetime,
) -> Meeting:
    """Another time, and with it the room; everybody is told, and the office is asked anew.

    With `venue_words` one meets elsewhere, and what was booked is given back.
    Raises: NotConvened, TimeIsPast, RoomIsGone, SayWhereElse.
    """
    meeting = hold_convened(session, meeting.id, at=at)
    expect_ahead(during, at=at)
    if room_id is not None:
        take_room(session, meeting, room_id, during, by, at=at)
    else:
        meet_elsewhere(session, meeting, venue_words, at=at)
    if during != meeting.during:
        meeting.moved_from = meeting.during
    meeting.during, meeting.open_during = during, Range(None, during.upper)
    meeting.moved_at, meeting.why = at, why
    meeting.version += 1
    ask_for_help(session, meeting)
    session.flush()
    tell_everybody(session, meeting, letters.moved, in_line=letters.moved_for_the_line, at=at)
    remind_later(session, meeting, at=at)
    return meeting


def cancel(
    session: Session, meeting: Meeting, *, why: str, by_id: UUID | None = None, at: datetime
) -> Meeting:
    """It does not take place; everybody is told but who cancels, and the room is given back.

    Raises: NotConvened.
    """
    meeting = hold_meeting(session, meeting.id)
    if meeting.state not in TO_COME or (meeting.ends_at is not None and meeting.ends_at <= at):
        raise NotConvened
    was_convened = meeting.state is MeetingState.CONVENED
    give_room_back(session, meeting, at=at)
    meeting.state, meeting.closed_at, meeting.why = MeetingState.CANCELLED, at, why
    meeting.version += 1
    session.flush()
    remind_nobody(session, meeting)
    if was_convened:
        tell_everybody(session, meeting, letters.cancelled, at=at)
    tell_the_others(session, meeting, letters.cancelled, but=by_id)
    return meeting


def answer(session: Session, meeting: Meeting, said: Help, words: str, *, at: datetime) -> Meeting:
    """Whether an officer comes and helps. Raises: NotAskedToHelp."""
    meeting = hold_meeting(session, meeting.id)
    if meeting.help is None or not meeting.takes_people(at):
        raise NotAskedToHelp
    meeting.help, meeting.help_words = said, words
    session.flush()
    tell_proposer(session, meeting, letters.help_answered)
    return meeting
