"""Meetings that have begun, who comes to them, and what they leave behind."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.meetings.models import (
    AgendaItem,
    Attendee,
    Decision,
    Form,
    Going,
    Meeting,
    MeetingState,
    Task,
    Venue,
    Way,
)
from geo_service.meetings.workflow.agenda import Point, add
from geo_service.meetings.workflow.deciding import Hands, Question, note_hands, open_ballot
from geo_service.meetings.workflow.doing import OFFICE, Chore, take_on
from geo_service.meetings.workflow.joining import hashed
from tests.factories import HOME, an_office
from tests.people import a_person

_phones = count(10_000_000)

LENGTH = timedelta(hours=2)


def a_convened_meeting(
    session: Session,
    proposer: Person | None = None,
    *,
    begins_at: datetime | None = None,
    **said: Any,
) -> Meeting:
    """One that began half an hour ago, unless said otherwise; its proposer has a seat."""
    at = now()
    begins_at = begins_at or at - timedelta(minutes=30)
    proposer = proposer or a_person(session)
    usual = {
        "title": "골목 쓰레기 이야기",
        "summary": "내놓는 자리를 함께 정해요.",
        "place": HOME,
        "address": "광주광역시 광산구 광산로 70",
        "form": Form.MEETING,
        "venue": Venue.OUTDOORS,
        "venue_words": "느티나무 아래",
        "state": MeetingState.CONVENED,
        "proposed_by_id": proposer.id,
        "proposed_at": begins_at - timedelta(days=9),
        "published_at": begins_at - timedelta(days=5),
        "during": Range(begins_at, begins_at + LENGTH),
        "open_during": Range(None, begins_at + LENGTH),
    }
    office_id = said.pop("office_id", None) or an_office(session).id
    session.add(meeting := Meeting(**usual | {"office_id": office_id} | said))
    session.flush()
    if not meeting.by_office:
        seat(session, meeting, proposer, named=meeting.named)
    session.commit()
    return meeting


def seat(
    session: Session,
    meeting: Meeting,
    person: Person,
    *,
    named: bool = False,
    going: Going = Going.COMING,
) -> Attendee:
    """Somebody with an account comes, or waits to come."""
    one = Attendee(
        meeting_id=meeting.id,
        person_id=person.id,
        going=going,
        named=named,
        joined_at=meeting.proposed_at,
    )
    session.add(one)
    meeting.taken += going is Going.COMING
    session.commit()
    return one


def who_comes(session: Session, meeting: Meeting, *, named: bool = False, **said: Any) -> Person:
    """A neighbour with an account who comes."""
    person = a_person(session, **said)
    seat(session, meeting, person, named=named)
    return person


def a_guest(session: Session, meeting: Meeting, name: str, *, named: bool = False) -> Attendee:
    """A neighbour without an account who comes."""
    number = next(_phones)
    one = Attendee(
        meeting_id=meeting.id,
        name=name,
        phone=f"+8210{number}",
        code_hash=hashed(str(number)),
        going=Going.COMING,
        named=named,
        joined_at=meeting.proposed_at,
    )
    session.add(one)
    meeting.taken += 1
    session.commit()
    return one


def an_item(session: Session, meeting: Meeting, by_id: UUID | None, **said: Any) -> AgendaItem:
    """Something to talk about, added before it began."""
    point = Point(**{"title": "쓰레기 내놓는 자리", "lasts_min": 20} | said)
    begins_at = meeting.begins_at or now()
    early = min(now(), begins_at - timedelta(days=1))
    item = add(session, meeting, point, by_id=by_id, at=early)
    session.commit()
    return item


def a_ballot(
    session: Session, meeting: Meeting, *, at: datetime | None = None, **said: Any
) -> Decision:
    """A question that is open for an hour."""
    at = at or now()
    question = Question(**{"question": "쓰레기통을 옮길까요?"} | said)
    closes_at = at + timedelta(hours=1)
    decision = open_ballot(session, meeting, question, closes_at=closes_at, at=at)
    session.commit()
    return decision


def hands_up(session: Session, meeting: Meeting, **said: Any) -> Decision:
    """A decision by show of hands."""
    question = Question(**{"question": "다음 달에도 모일까요?"} | said)
    decision = note_hands(session, meeting, question, Hands(7, 2, 1), at=now())
    session.commit()
    return decision


def a_chore(session: Session, meeting: Meeting, owner: UUID | None = None, **said: Any) -> Task:
    """Something that somebody does, or the office."""
    due_on = (now() + timedelta(days=14)).date()
    usual = {"words": "구청에 신청하기", "due_on": due_on, "owner": owner or OFFICE}
    task = take_on(session, meeting, Chore(**usual | said), at=now())
    session.commit()
    return task


def some_item(session: Session, meeting_id: UUID, by_id: UUID) -> AgendaItem:
    """One on the agenda of any meeting, whatever its state."""
    item = AgendaItem(meeting_id=meeting_id, position=0, title="화단", by_id=by_id, added_at=now())
    session.add(item)
    session.commit()
    return item


def some_decision(session: Session, meeting_id: UUID) -> Decision:
    """A ballot of any meeting, whatever its state."""
    at = now()
    decision = Decision(
        meeting_id=meeting_id,
        question="화단을 가꿀까요?",
        way=Way.BALLOT,
        opened_at=at,
        closes_at=at + timedelta(hours=1),
    )
    session.add(decision)
    session.commit()
    return decision


def some_task(session: Session, meeting_id: UUID, owner_id: UUID) -> Task:
    """One that follows from any meeting, whatever its state."""
    at = now()
    task = Task(
        meeting_id=meeting_id, words="씨앗 사기", owner_id=owner_id, due_on=at.date(), made_at=at
    )
    session.add(task)
    session.commit()
    return task
