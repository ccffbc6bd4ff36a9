"""Tell everybody: by letter, or on the list of whom to call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.accounts.models import Tongue
from geo_service.mail import Letter, send
from geo_service.meetings.letters import meetings as letters
from geo_service.meetings.models import Attendee, Going, Help, Meeting, MeetingState
from geo_service.meetings.queries.meetings import officers_of, people_of, supporters_of
from geo_service.spaces.queries.opening import korean_day

REMIND = "meetings.remind"
"""The task of the day before."""

REMINDED_BEFORE = timedelta(days=1)

Words = Callable[[Meeting, Tongue], Letter]


def tell(session: Session, meeting: Meeting, one: Attendee, words: Words, *, at: datetime) -> None:
    """By letter to who has mail; else they stand on the list of whom to call."""
    if one.person is not None and one.person.email:
        send(session, one.person.email, words(meeting, one.person.tongue))
    else:
        one.to_call_at = one.to_call_at or at


def tell_everybody(
    session: Session,
    meeting: Meeting,
    words: Words,
    *,
    in_line: Words | None = None,
    at: datetime,
) -> None:
    """Whoever comes or waits; who waits `in_line` in words of their own, if there are such."""
    for one in session.scalars(people_of(meeting.id)).all():
        their = in_line if in_line and one.going is Going.WAITING else words
        tell(session, meeting, one, their, at=at)
    session.flush()


def tell_supporters(session: Session, meeting: Meeting, words: Words) -> None:
    """Whoever supported it."""
    for person in session.scalars(supporters_of(meeting.id)):
        send(session, person.email, words(meeting, person.tongue))


def tell_the_others(
    session: Session, meeting: Meeting, words: Words, *, but: UUID | None = None
) -> None:
    """Whoever has no seat, and yet counts on it: supporters, its proposer, officers who help."""
    others = {person.id: person for person in session.scalars(supporters_of(meeting.id))}
    if meeting.proposed_by is not None:
        others[meeting.proposed_by.id] = meeting.proposed_by
    if meeting.help is Help.COMING and not meeting.by_office:
        others |= {one.id: one for one in session.scalars(officers_of(meeting.office_id))}
    seated = {one.person_id for one in session.scalars(people_of(meeting.id))}
    for person in others.values():
        if person.id not in seated and person.id != but:
            send(session, person.email, words(meeting, person.tongue))


def ask_for_help(session: Session, meeting: Meeting) -> None:
    """Ask the dong's officers to come and help; an office that convenes its own comes anyway."""
    meeting.help_words = ""
    if meeting.by_office:
        meeting.help = Help.COMING
        return
    meeting.help = Help.ASKED
    for officer in session.scalars(officers_of(meeting.office_id)):
        send(session, officer.email, letters.help_asked(meeting, officer.tongue))


def tell_proposer(session: Session, meeting: Meeting, words: Words) -> None:
    """Who proposed it, if they are still there."""
    if meeting.proposed_by is not None:
        send(session, meeting.proposed_by.email, words(meeting, meeting.proposed_by.tongue))


def remind_later(session: Session, meeting: Meeting, *, at: datetime) -> None:
    """The day before, if that is still to come; a meeting that moved is reminded of anew."""
    due_at = meeting.begins_at and meeting.begins_at - REMINDED_BEFORE
    if due_at is None or due_at <= at:
        later.drop(session, f"{REMIND}:{meeting.id}")
        return
    wish = {"meeting": str(meeting.id)}
    later.queue(session, REMIND, wish, due_at=due_at, key=f"{REMIND}:{meeting.id}")


def remind_nobody(session: Session, meeting: Meeting) -> None:
    """It does not take place."""
    later.drop(session, f"{REMIND}:{meeting.id}")


def remind(session: Session, meeting: Meeting, *, at: datetime) -> None:
    """Whoever comes; whom nobody can write to, the proposer is told to call.

    Late, because nothing ran meanwhile, it says "soon"; once the meeting has begun, nothing.
    """
    begins_at = meeting.begins_at
    if meeting.state is not MeetingState.CONVENED or begins_at is None or begins_at <= at:
        return
    is_today = korean_day(begins_at) == korean_day(at)
    words = letters.reminder_of_today if is_today else letters.reminder
    for one in session.scalars(people_of(meeting.id)).all():
        if one.going is Going.COMING:
            tell(session, meeting, one, words, at=at)
    session.flush()
