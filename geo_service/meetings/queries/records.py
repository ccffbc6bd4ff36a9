"""Questions about what a meeting talks about, decides and does, and about who may know whom."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, union

from geo_service.accounts.models import Person
from geo_service.meetings.models import (
    AgendaItem,
    Attendee,
    Decision,
    Edition,
    Going,
    LookBack,
    Meeting,
    MeetingState,
    Minutes,
    Slip,
    Support,
    Task,
    Voter,
)


def _proposed_by(person_id: UUID) -> ColumnElement[bool]:
    """What an officer proposes for the office is the office's, not the officer's."""
    return and_(Meeting.proposed_by_id == person_id, Meeting.by_office.is_(False))


def meeting_of_part_taker(meeting_id: UUID, person_id: UUID) -> Select[Meeting]:
    """One meeting, for who proposed it, supports it, comes, or waits to come."""
    supports = exists().where(Support.meeting_id == Meeting.id, Support.person_id == person_id)
    comes = exists().where(Attendee.meeting_id == Meeting.id, Attendee.person_id == person_id)
    return select(Meeting).where(
        Meeting.id == meeting_id, or_(_proposed_by(person_id), supports, comes)
    )


def meeting_of_proposer(meeting_id: UUID, person_id: UUID) -> Select[Meeting]:
    """One meeting, for who proposed it."""
    return select(Meeting).where(Meeting.id == meeting_id, _proposed_by(person_id))


def meeting_of_scribe(meeting_id: UUID, person_id: UUID) -> Select[Meeting]:
    """One meeting, for who writes its minutes and for who proposed it."""
    writes = exists().where(Minutes.meeting_id == Meeting.id, Minutes.scribe_id == person_id)
    return select(Meeting).where(Meeting.id == meeting_id, or_(_proposed_by(person_id), writes))


def meeting_of_offices(meeting_id: UUID, offices: Collection[UUID]) -> Select[Meeting]:
    """One meeting, for the people of its dong centre."""
    return select(Meeting).where(Meeting.id == meeting_id, Meeting.office_id.in_(offices))


def meetings_that_know(person_id: UUID) -> Select[UUID]:
    """All with which somebody has to do. Order: that of their ids, in which they are locked."""
    found = union(
        select(Support.meeting_id).where(Support.person_id == person_id),
        select(Meeting.id).where(Meeting.proposed_by_id == person_id),
        select(Attendee.meeting_id).where(Attendee.person_id == person_id),
        select(AgendaItem.meeting_id).where(AgendaItem.by_id == person_id),
        select(Minutes.meeting_id).where(Minutes.scribe_id == person_id),
        select(Task.meeting_id).where(Task.owner_id == person_id),
    ).subquery()
    return select(found.c[0]).order_by(found.c[0])


def agenda_of(meeting_id: UUID) -> Select[AgendaItem]:
    """What it talks about. Order: as it will be talked about."""
    return (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )


def editions_of(meeting_id: UUID) -> Select[Edition]:
    """Its minutes as they were published. Order: latest first."""
    return select(Edition).where(Edition.meeting_id == meeting_id).order_by(Edition.number.desc())


def decisions_of(meeting_id: UUID) -> Select[Decision]:
    """What it decides. Order: as it was asked."""
    return (
        select(Decision)
        .where(Decision.meeting_id == meeting_id)
        .order_by(Decision.opened_at, Decision.id)
    )


def slips_of(decision_id: UUID) -> Select[Slip]:
    """What was voted. Order: by code, which tells nothing."""
    return select(Slip).where(Slip.decision_id == decision_id).order_by(Slip.code)


def slips_of_counted(meeting_id: UUID) -> Select[Slip]:
    """All slips of its ballots that are closed. Order: by ballot and code."""
    return (
        select(Slip)
        .join(Decision, Decision.id == Slip.decision_id)
        .where(Decision.meeting_id == meeting_id, Decision.closed_at.is_not(None))
        .order_by(Slip.decision_id, Slip.code)
    )


def has_voted(decision_id: UUID, person_id: UUID) -> Select[UUID]:
    """Whether somebody has voted: one row, or none."""
    return select(Voter.person_id).where(
        Voter.decision_id == decision_id, Voter.person_id == person_id
    )


def seat_of(meeting_id: UUID, person_id: UUID) -> Select[Attendee]:
    """The seat of somebody with an account who comes."""
    return select(Attendee).where(
        Attendee.meeting_id == meeting_id,
        Attendee.person_id == person_id,
        Attendee.going == Going.COMING,
    )


def entitled_to(decision: Decision) -> Select[int]:
    """How many may vote or have voted: those with an account who come, and every voter."""
    seated = select(Attendee.person_id).where(
        Attendee.meeting_id == decision.meeting_id,
        Attendee.person_id.is_not(None),
        Attendee.going == Going.COMING,
    )
    voted = select(Voter.person_id).where(Voter.decision_id == decision.id)
    return select(func.count()).select_from(union(seated, voted).subquery())


def coming_to(meeting_id: UUID) -> Select[Attendee, str]:
    """Who comes, and what they are called. Order: as they joined."""
    return (
        select(Attendee, func.coalesce(Person.name, Attendee.name))
        .outerjoin(Person, Person.id == Attendee.person_id)
        .where(
            Attendee.meeting_id == meeting_id,
            Attendee.going == Going.COMING,
            Attendee.wiped_at.is_(None),
        )
        .order_by(Attendee.joined_at, Attendee.id)
    )


def called_of_all(meeting_id: UUID) -> Select[UUID | None, str, bool]:
    """Everybody whom the meeting knows: who, what they are called, and whether they agreed.

    Shape: rows of (person, None without an account; name; may be named). Nobody agreed by
    supporting it, by adding to its agenda, or by taking on a task alone.
    """
    coming = (
        select(
            Attendee.person_id,
            func.coalesce(Person.name, Attendee.name).label("name"),
            Attendee.named,
        )
        .outerjoin(Person, Person.id == Attendee.person_id)
        .where(Attendee.meeting_id == meeting_id, Attendee.wiped_at.is_(None))
    )
    others = union(
        select(Support.person_id).where(Support.meeting_id == meeting_id),
        select(AgendaItem.by_id).where(AgendaItem.meeting_id == meeting_id),
        select(Task.owner_id).where(Task.meeting_id == meeting_id),
        select(Minutes.scribe_id).where(Minutes.meeting_id == meeting_id),
    ).subquery()
    known = select(Person.id, Person.name, false()).where(Person.id.in_(select(others.c[0])))
    proposer = (
        select(Person.id, Person.name, Meeting.named)
        .join(Meeting, Meeting.proposed_by_id == Person.id)
        .where(Meeting.id == meeting_id)
    )
    everybody = union(coming, known, proposer).subquery()
    return select(everybody.c[0], everybody.c[1], everybody.c[2])


def tasks_of(meeting_id: UUID) -> Select[Task]:
    """Who does what. Order: what is due first."""
    return (
        select(Task)
        .where(Task.meeting_id == meeting_id)
        .order_by(Task.due_on, Task.made_at, Task.id)
    )


def to_be_looked_back_at(ended_before: datetime) -> Select[Meeting]:
    """Meetings that ended so long ago, and of which nobody has asked yet what became of them."""
    asked = exists().where(LookBack.meeting_id == Meeting.id)
    return (
        select(Meeting)
        .where(
            and_(
                Meeting.state == MeetingState.HELD,
                func.upper(Meeting.during) <= ended_before,
                ~asked,
            )
        )
        .order_by(Meeting.id)
        .with_for_update(of=Meeting, skip_locked=True)
    )
