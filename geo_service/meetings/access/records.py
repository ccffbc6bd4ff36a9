"""Whoever writes the records of a meeting: somebody who takes part in it, or its dong centre.

One door is opened twice, below `/my` and below `/office`; what the table of doors says of the path
decides in which way somebody must be known.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn
from geo_service.accounts.models import Person
from geo_service.errors import NotFound
from geo_service.meetings.models import AgendaItem, Decision, Meeting, Minutes, Task
from geo_service.meetings.queries.records import (
    meeting_of_offices,
    meeting_of_part_taker,
    meeting_of_proposer,
    meeting_of_scribe,
)
from geo_service.meetings.workflow.minutes import is_proposer
from geo_service.meetings.workflow.standing import hold_meeting, hold_row
from geo_service.offices.access import Doors, at_work
from geo_service.web.session import DbSession, ReadSession


class NoMeetingOfYours(NotFound):
    """There is no such meeting, or this is for others to do."""

    korean = "그런 모임이 없거나, 이 일을 맡은 사람이 아니에요."


class NoSuchItem(NotFound):
    """There is no such item, or others wrote it."""

    korean = "그런 안건이 없거나 다른 사람이 낸 안건이에요."


class NoSuchDecision(NotFound):
    """There is no such decision."""

    korean = "그런 결정이나 투표가 없어요."


class NoSuchTask(NotFound):
    """There is no such task, or it is somebody else's."""

    korean = "그런 일이 없거나 다른 사람이 맡은 일이에요."


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody at a meeting's records."""

    meeting: Meeting
    person: Person
    by_office: bool
    """Whether they write for the office of the meeting."""
    writes: bool
    """Whether they write the minutes and what is decided."""

    @property
    def leads(self) -> bool:
        """Whether they put the agenda in order and name who writes."""
        return self.by_office or is_proposer(self.meeting, self.person.id)

    @property
    def way(self) -> str:
        """Where their pages begin."""
        return f"/{'office' if self.by_office else 'my'}/meetings/{self.meeting.id}"

    @property
    def by_id(self) -> UUID | None:
        """Who writes, where that is no office."""
        return None if self.by_office else self.person.id


class _AtHand:
    """Those of the dong centre, or those whom a question about people finds."""

    def __init__(self, question: object) -> None:
        self.question = question

    def find(self, request: Request, session: Session, person: Person, meeting_id: UUID) -> Hand:
        """Raises: NoMeetingOfYours, and as `at_work`."""
        doors: Doors = request.app.state.doors
        by_office = bool(doors.of(request).roles)
        if by_office:
            work = at_work(request, person, session)
            found = session.scalar(meeting_of_offices(meeting_id, work.offices))
        else:
            found = session.scalar(self.question(meeting_id, person.id))  # type: ignore[operator]
        if found is None:
            raise NoMeetingOfYours
        minutes = None if by_office else session.get(Minutes, meeting_id)
        is_scribe = minutes is not None and minutes.scribe_id == person.id
        writes = by_office or is_scribe or is_proposer(found, person.id)
        return Hand(found, person, by_office=by_office, writes=writes)


class _Looking(_AtHand):
    def __call__(
        self, request: Request, meeting_id: UUID, person: SignedIn, session: ReadSession
    ) -> Hand:
        return self.find(request, session, person, meeting_id)


class _Changing(_AtHand):
    def __call__(
        self, request: Request, meeting_id: UUID, person: Acting, session: DbSession
    ) -> Hand:
        return self.find(request, session, person, meeting_id)


PartTaker = Annotated[Hand, Depends(_Looking(meeting_of_part_taker))]
"""Proposer, supporter, whoever comes, or the office: to look. Raises: NoMeetingOfYours."""

ActingPartTaker = Annotated[Hand, Depends(_Changing(meeting_of_part_taker))]
"""The same, to change something."""

Scribe = Annotated[Hand, Depends(_Looking(meeting_of_scribe))]
"""Who writes the minutes, who proposed the meeting, or the office: to look."""

ActingScribe = Annotated[Hand, Depends(_Changing(meeting_of_scribe))]
"""The same, to change something."""

Leader = Annotated[Hand, Depends(_Looking(meeting_of_proposer))]
"""Who proposed the meeting, or the office: to look."""

ActingLeader = Annotated[Hand, Depends(_Changing(meeting_of_proposer))]
"""The same, to change something."""


def _item_of(session: Session, hand: Hand, item_id: UUID) -> AgendaItem:
    found = session.get(AgendaItem, item_id)
    mine = found is not None and (hand.leads or found.by_id == hand.person.id)
    if found is None or not mine or found.meeting_id != hand.meeting.id:
        raise NoSuchItem
    return found


def _item(item_id: UUID, hand: PartTaker, session: ReadSession) -> AgendaItem:
    return _item_of(session, hand, item_id)


def _held_item(item_id: UUID, hand: ActingPartTaker, session: DbSession) -> AgendaItem:
    hold_meeting(session, hand.meeting.id)
    return hold_row(session, _item_of(session, hand, item_id), NoSuchItem())


WrittenItem = Annotated[AgendaItem, Depends(_item)]
"""An item that one added, or leads to: to look at. Raises: NoSuchItem."""

HeldItem = Annotated[AgendaItem, Depends(_held_item)]
"""The same, to change. Raises: NoSuchItem."""


def _decision_of(session: Session, hand: Hand, decision_id: UUID) -> Decision:
    found = session.get(Decision, decision_id)
    if found is None or found.meeting_id != hand.meeting.id:
        raise NoSuchDecision
    return found


def _asked(decision_id: UUID, hand: PartTaker, session: ReadSession) -> Decision:
    return _decision_of(session, hand, decision_id)


def _answered(decision_id: UUID, hand: ActingPartTaker, session: DbSession) -> Decision:
    return _decision_of(session, hand, decision_id)


def _held(decision_id: UUID, hand: ActingScribe, session: DbSession) -> Decision:
    return _decision_of(session, hand, decision_id)


AskedDecision = Annotated[Decision, Depends(_asked)]
"""A question to whoever takes part: to look at. Raises: NoSuchDecision."""

AnsweredDecision = Annotated[Decision, Depends(_answered)]
"""The same, to answer. Raises: NoSuchDecision."""

HeldDecision = Annotated[Decision, Depends(_held)]
"""A decision that one writes down. Raises: NoSuchDecision."""


def _task_of(session: Session, hand: Hand, task_id: UUID) -> Task:
    found = session.get(Task, task_id)
    mine = found is not None and (
        hand.writes or (found.owner_id is not None and found.owner_id == hand.person.id)
    )
    if found is None or not mine or found.meeting_id != hand.meeting.id:
        raise NoSuchTask
    return found


def _task(task_id: UUID, hand: PartTaker, session: ReadSession) -> Task:
    return _task_of(session, hand, task_id)


def _held_task(task_id: UUID, hand: ActingPartTaker, session: DbSession) -> Task:
    hold_meeting(session, hand.meeting.id)
    return hold_row(session, _task_of(session, hand, task_id), NoSuchTask())


def _written_task(task_id: UUID, hand: Scribe, session: ReadSession) -> Task:
    return _task_of(session, hand, task_id)


def _held_written_task(task_id: UUID, hand: ActingScribe, session: DbSession) -> Task:
    hold_meeting(session, hand.meeting.id)
    return hold_row(session, _task_of(session, hand, task_id), NoSuchTask())


TheTask = Annotated[Task, Depends(_task)]
"""A task that one owns or writes down: to look at. Raises: NoSuchTask."""

HeldTask = Annotated[Task, Depends(_held_task)]
"""The same, to say how it goes. Raises: NoSuchTask."""

WrittenTask = Annotated[Task, Depends(_written_task)]
"""A task that one writes down: to look at. Raises: NoSuchTask."""

HeldWrittenTask = Annotated[Task, Depends(_held_written_task)]
"""The same, to change. Raises: NoSuchTask."""
