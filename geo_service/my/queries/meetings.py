"""What is kept about somebody who proposes, supports or joins meetings."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.meetings.models import (
    AgendaItem,
    Attendee,
    Decision,
    Meeting,
    Minutes,
    Suit,
    Support,
    Task,
    Time,
    Voter,
)

_MEETING = Meeting.title.label("meeting")


def proposals(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they proposed. Order: as they did."""
    return (
        select(
            _MEETING,
            Meeting.form,
            Meeting.summary,
            Meeting.venue,
            Meeting.venue_words,
            Meeting.address,
            Meeting.bring,
            Meeting.seats,
            Meeting.state,
            Meeting.during,
            Meeting.why,
            Meeting.named,
            Meeting.by_office,
            Meeting.proposed_at,
        )
        .where(Meeting.proposed_by_id == person_id)
        .order_by(Meeting.proposed_at, Meeting.id)
    )


def supported(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they support. Order: since when."""
    return (
        select(_MEETING, Support.supported_at)
        .join(Meeting, Meeting.id == Support.meeting_id)
        .where(Support.person_id == person_id)
        .order_by(Support.supported_at)
    )


def times_that_suit(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Which times suit them. Order: by time."""
    return (
        select(_MEETING, Time.during)
        .select_from(Suit)
        .join(Time, Time.id == Suit.time_id)
        .join(Meeting, Meeting.id == Suit.meeting_id)
        .where(Suit.person_id == person_id)
        .order_by(Time.during)
    )


def seats(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Where they go or went, with whom, and what they need. Order: as they joined."""
    return (
        select(
            _MEETING,
            Attendee.going,
            Attendee.children,
            Attendee.step_free,
            Attendee.interpreter,
            Attendee.named,
            Attendee.joined_at,
            Attendee.came,
        )
        .join(Meeting, Meeting.id == Attendee.meeting_id)
        .where(Attendee.person_id == person_id)
        .order_by(Attendee.joined_at, Attendee.id)
    )


def agenda_items(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they put on agendas. Order: as they did."""
    return (
        select(
            _MEETING,
            AgendaItem.title,
            AgendaItem.words,
            AgendaItem.lasts_min,
            AgendaItem.asks_decision,
            AgendaItem.added_at,
        )
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.by_id == person_id)
        .order_by(AgendaItem.added_at, AgendaItem.id)
    )


def minutes_to_write(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Where they were named to write the minutes. Order: by when they were begun."""
    return (
        select(_MEETING, Minutes.drafted_at)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minutes.scribe_id == person_id)
        .order_by(Minutes.drafted_at)
    )


def ballots(person_id: UUID) -> Select[*tuple[object, ...]]:
    """In which ballots they voted; what, nobody can look up. Order: as they were opened."""
    return (
        select(_MEETING, Decision.question, Decision.opened_at)
        .select_from(Voter)
        .join(Decision, Decision.id == Voter.decision_id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(Voter.person_id == person_id)
        .order_by(Decision.opened_at, Decision.id)
    )


def tasks(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What they took on. Order: as they did."""
    return (
        select(
            _MEETING,
            Task.words,
            Task.due_on,
            Task.made_at,
            Task.done_at,
            Task.went,
            Task.went_words,
        )
        .join(Meeting, Meeting.id == Task.meeting_id)
        .where(Task.owner_id == person_id)
        .order_by(Task.made_at, Task.id)
    )
