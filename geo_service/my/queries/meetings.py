"""What is kept about somebody who proposes, supports or joins meetings."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.meetings.models import Attendee, Meeting, Suit, Support, Time

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
