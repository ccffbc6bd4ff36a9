"""Convened meetings, up to the day and after it: who comes, what changes, and what time does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.listings.queries import Search, find
from geo_service.meetings.models import Going, Help, Interpreter, MeetingState, Venue
from geo_service.meetings.queries.meetings import the_seat, to_call, waiting_for_help
from geo_service.meetings.tasks.meetings import pass_time
from geo_service.meetings.workflow.announcing import REMIND
from geo_service.meetings.workflow.changing import answer, cancel, move
from geo_service.meetings.workflow.convening import WIPED_AFTER, convene
from geo_service.meetings.workflow.joining import (
    CODE_LENGTH,
    Guest,
    Wishes,
    a_code,
    called,
    change,
    hashed,
    join,
    leave,
)
from geo_service.meetings.workflow.problems import (
    MoreThanAllSeats,
    NotAskedToHelp,
    NotConvened,
    NotSoManySeats,
    TimeIsPast,
    YouAreComing,
)
from geo_service.spaces.models import Booking, State
from tests.factories import HOME, walk
from tests.letters import subjects_to
from tests.meetings import (
    CODE,
    a_guest,
    a_proposal,
    a_seat,
    an_evening_room,
    convened,
    in_days,
    times_of,
)
from tests.people import a_person

LaterRuns = Callable[[datetime], int]


def test_seats_hold_and_the_line_moves_up(session: Session) -> None:
    meeting = convened(session)  # four seats, one taken by the proposer
    family, single, waits = (a_person(session) for _ in range(3))
    with pytest.raises(MoreThanAllSeats):
        join(session, meeting, family, Wishes(children=4), at=now())
    seat = a_seat(session, meeting, family, children=2)
    assert (seat.going, meeting.seats_left) == (Going.COMING, 0)
    with pytest.raises(YouAreComing):
        join(session, meeting, family, Wishes(), at=now())
    two = a_seat(session, meeting, waits, children=1)
    one = a_seat(session, meeting, single)
    assert (two.going, one.going) == (Going.WAITING, Going.WAITING)
    change(session, seat, Wishes(children=1), at=now())
    assert (two.going, one.going, meeting.seats_left) == (Going.WAITING, Going.COMING, 0)
    leave(session, seat, at=now())
    assert (two.going, meeting.taken) == (Going.COMING, 4)
    assert (
        subjects_to(session, waits)
        == subjects_to(session, single)
        == ["동네이음: 기다리던 자리가 났어요"]
    )
    with pytest.raises(NotSoManySeats):
        change(session, one, Wishes(children=1), at=now())
    with pytest.raises(MoreThanAllSeats):
        change(session, one, Wishes(children=4), at=now())


def test_a_guest_has_a_code_and_the_same_form_twice_is_one_seat(session: Session) -> None:
    meeting = convened(session)
    one = a_guest(session, meeting, interpreter=Interpreter.VI)
    assert len(CODE) == CODE_LENGTH
    assert hashed(f"{CODE[:4]} {CODE[4:8]}-{CODE[8:].lower()}") == one.code_hash
    assert session.scalar(the_seat(hashed(CODE))) is one
    assert one.phone is not None
    again = Guest(one.name, one.phone, CODE)
    assert join(session, meeting, again, Wishes(), at=now()) is one
    with pytest.raises(YouAreComing):
        join(session, meeting, Guest(one.name, one.phone, a_code(b"7" * 32)), Wishes(), at=now())
    assert meeting.taken == 2


def test_moved_and_cancelled_are_told_to_everybody(session: Session) -> None:
    meeting = convened(session)
    person, without_mail = a_person(session), a_person(session, email=None, email_confirmed_at=None)
    a_seat(session, meeting, person)
    a_seat(session, meeting, without_mail)
    guest = a_guest(session, meeting)
    before, at = meeting.during, now()
    by = meeting.proposed_by
    assert by is not None
    with pytest.raises(TimeIsPast):
        move(session, meeting, in_days(-1), by=by, at=at)
    move(session, meeting, in_days(6), why="비가 온대요", venue_words="정자", by=by, at=at)
    assert (meeting.moved_from, meeting.during, meeting.version) == (before, in_days(6), 2)
    assert (meeting.venue_words, meeting.help) == ("정자", Help.ASKED)
    waiting = session.scalars(to_call(meeting.id)).all()
    assert {one.id for one in waiting} >= {guest.id}
    assert len(waiting) == 2
    called(session, guest)
    assert guest.to_call_at is None
    cancel(session, meeting, why="다음에 해요", at=at)
    assert subjects_to(session, person) == [
        "동네이음: 모임 시간이나 장소가 바뀌었어요",
        "동네이음: 모임이 취소되었어요",
    ]
    assert guest.to_call_at == at
    assert find(session, Search(HOME), at=now()).features == []
    for refused in (
        lambda: cancel(session, meeting, why="또", at=at),
        lambda: move(session, meeting, in_days(7), by=by, at=at),
        lambda: join(session, meeting, a_person(session), Wishes(), at=at),
        lambda: leave(session, guest, at=at),
    ):
        with pytest.raises(NotConvened):
            refused()


def test_the_room_moves_along_changes_or_is_given_back(session: Session) -> None:
    near, far = an_evening_room(session), an_evening_room(session, title="뒷방", place=walk(400))
    meeting = a_proposal(session, venue=Venue.ROOM, seats=10)
    first, _ = times_of(session, meeting)
    by, at = meeting.proposed_by, now()
    assert by is not None
    convene(session, meeting, first.id, room_id=near.id, by=by, for_office=True, at=at)
    move(session, meeting, in_days(5), room_id=near.id, by=by, at=at)
    booking = session.scalars(select(Booking)).one()
    assert booking.during == in_days(5)
    move(session, meeting, in_days(6), room_id=far.id, by=by, at=at)
    assert booking.state is State.CANCELLED
    assert meeting.booking is not None
    assert meeting.booking.space_id == far.id
    elsewhere = meeting.booking
    cancel(session, meeting, why="다음에 해요", at=at)
    assert elsewhere.state is State.CANCELLED


def test_the_officer_answers_and_the_proposer_is_told(session: Session) -> None:
    meeting = convened(session)
    assert session.scalar(waiting_for_help([meeting.office_id])) == 1
    answer(session, meeting, Help.COMING, "물을 가져갈게요", at=now())
    assert meeting.proposed_by is not None
    assert subjects_to(session, meeting.proposed_by) == ["동네이음: 담당자가 와서 도와요"]
    assert session.scalar(waiting_for_help([meeting.office_id])) == 0
    with pytest.raises(NotAskedToHelp):
        answer(session, a_proposal(session), Help.COMING, "", at=now())


def test_the_day_before_everybody_with_mail_is_reminded(
    session: Session, later_runs: LaterRuns
) -> None:
    meeting = convened(session)
    person = a_person(session)
    a_seat(session, meeting, person)
    assert meeting.begins_at is not None
    later_runs(meeting.begins_at - timedelta(hours=25))
    assert subjects_to(session, person) == []
    later_runs(meeting.begins_at - timedelta(hours=24))
    assert subjects_to(session, person) == ["동네이음: 내일 모임이 있어요"]


def test_a_cancelled_meeting_reminds_nobody(session: Session, later_runs: LaterRuns) -> None:
    meeting = convened(session)
    begins_at, task = meeting.begins_at, f"{REMIND}:{meeting.id}"
    assert begins_at is not None
    waiting = text("SELECT count(*) FROM task WHERE key = :key")
    assert session.scalar(waiting, {"key": task}) == 1
    cancel(session, meeting, why="다음에 해요", at=now())
    assert session.scalar(waiting, {"key": task}) == 0
    later_runs(begins_at)


def test_time_holds_meetings_lets_proposals_lapse_and_wipes_guests(session: Session) -> None:
    meeting, proposal = convened(session), a_proposal(session)
    guest = a_guest(session, meeting, step_free=True)
    ends_at = meeting.ends_at
    assert ends_at is not None
    pass_time(session, {}, ends_at - timedelta(minutes=1))
    assert (meeting.state, proposal.state) == (MeetingState.CONVENED, MeetingState.PROPOSED)
    pass_time(session, {}, ends_at + timedelta(minutes=20))
    assert (meeting.state, meeting.closed_at) == (MeetingState.HELD, ends_at)
    pass_time(session, {}, ends_at + timedelta(days=2))
    assert proposal.state is MeetingState.LAPSED
    assert guest.phone is not None
    pass_time(session, {}, ends_at + WIPED_AFTER + timedelta(minutes=20))
    session.refresh(guest)
    assert (guest.name, guest.phone, guest.code_hash) == ("", None, None)
    assert guest.step_free
    assert guest.wiped_at is not None
