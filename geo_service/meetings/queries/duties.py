"""What meetings wait for from somebody: a vote, the minutes, a task."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select

from geo_service.meetings.models import (
    Attendee,
    Decision,
    Edition,
    Going,
    LookBack,
    Meeting,
    Minutes,
    Task,
    Voter,
)


def ballots_for(person_id: UUID, *, at: datetime) -> Select[Decision, str]:
    """Open ballots in which they may vote and have not. Order: what closes first."""
    voted = exists().where(Voter.decision_id == Decision.id, Voter.person_id == person_id)
    return (
        select(Decision, Meeting.title)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .join(Attendee, Attendee.meeting_id == Decision.meeting_id)
        .where(
            Attendee.person_id == person_id,
            Attendee.going == Going.COMING,
            Decision.closed_at.is_(None),
            Decision.closes_at > at,
            ~voted,
        )
        .order_by(Decision.closes_at, Decision.id)
    )


def minutes_for(person_id: UUID, *, at: datetime) -> Select[UUID, str]:
    """Meetings that have begun, whose minutes they were named to write and have not published.

    Shape: rows of (meeting, its title). Order: what began first.
    """
    published = exists().where(Edition.meeting_id == Meeting.id)
    return (
        select(Minutes.meeting_id, Meeting.title)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minutes.scribe_id == person_id, func.lower(Meeting.during) <= at, ~published)
        .order_by(func.lower(Meeting.during), Meeting.id)
    )


def tasks_for(person_id: UUID) -> Select[Task, str]:
    """What they have to do, or are asked how it went. Order: what is due first."""
    asked = exists().where(LookBack.meeting_id == Task.meeting_id)
    return (
        select(Task, Meeting.title)
        .join(Meeting, Meeting.id == Task.meeting_id)
        .where(Task.owner_id == person_id, Task.went.is_(None), or_(Task.done_at.is_(None), asked))
        .order_by(Task.due_on, Task.id)
    )
