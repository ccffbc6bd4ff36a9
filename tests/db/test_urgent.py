"""A call rings outwards over time; the first to accept gets the seat, and all others are told."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.hiring.models import ApplicationState
from geo_service.hiring.workflow.choosing import hire
from geo_service.hiring.workflow.standing import TooLate
from geo_service.jobs.models import Job
from geo_service.jobs.workflow import close
from geo_service.offices.models import Role
from geo_service.urgent import tasks  # noqa: F401 (its rings follow)
from geo_service.urgent.models import Availability, CallState, Reply
from geo_service.urgent.queries import asked_of, people_to_ask
from geo_service.urgent.schemas import span_of
from geo_service.urgent.workflow.answering import NoPhone, accept, be_free, refuse
from geo_service.urgent.workflow.calling import (
    CallIsOver,
    CallIsRinging,
    NoSeatToCallFor,
    NotUrgent,
    open_call,
    stop,
)
from tests.factories import walk
from tests.hiring import an_application
from tests.letters import letters_to
from tests.people import a_person, on_staff
from tests.plans import plan_of
from tests.urgent import DOOR, a_call, asked_by, free_at

Runs = Callable[[datetime], int]


@pytest.fixture
def at() -> datetime:
    return now()


def test_the_nearest_ring_is_asked_at_once_and_the_others_in_turn(
    session: Session, at: datetime, later_runs: Runs
) -> None:
    near, further, far, beyond = (free_at(session, m) for m in (600, 850, 1_300, 1_700))
    call = a_call(session, at)
    asked = [asked_by(session, call, p.id) is not None for p in (near, further, far, beyond)]
    assert asked == [True, False, False, False]
    later_runs(at + timedelta(minutes=14))
    assert asked_by(session, call, further.id) is None
    later_runs(at + timedelta(minutes=15))
    assert asked_by(session, call, further.id) is not None
    assert asked_by(session, call, far.id) is None
    later_runs(at + timedelta(minutes=30))
    assert asked_by(session, call, far.id) is not None
    assert asked_by(session, call, beyond.id) is None


def test_when_nobody_comes_the_officer_is_told(
    session: Session, at: datetime, later_runs: Runs
) -> None:
    call = a_call(session, at)
    officer = on_staff(session, call.job.office_id, Role.OFFICER)
    for minutes in (15, 30, 45):
        later_runs(at + timedelta(minutes=minutes))
    session.refresh(call)
    assert call.state is CallState.EXHAUSTED
    assert len(letters_to(session, str(officer.email))) == 1


def test_a_job_that_is_filled_or_closed_at_the_desk_rings_no_more(
    session: Session, at: datetime, later_runs: Runs
) -> None:
    further = free_at(session, 850)
    filled, closed = a_call(session, at), a_call(session, at)
    hire(session, an_application(session, filled.job, at=at), at=at)
    close(session, closed.job, at=at)
    session.commit()
    later_runs(at + timedelta(minutes=15))
    assert [asked_by(session, call, further.id) for call in (filled, closed)] == [None, None]
    assert (filled.state, closed.state) == (CallState.FILLED, CallState.STOPPED)


def test_rings_follow_faster_when_there_is_little_time(
    session: Session, at: datetime, later_runs: Runs
) -> None:
    far = free_at(session, 1_300)
    call = a_call(session, at, hours=0.4)
    later_runs(at + timedelta(minutes=6))
    later_runs(at + timedelta(minutes=11))
    assert asked_by(session, call, far.id) is not None


def test_the_first_to_accept_gets_the_seat_and_the_others_are_told(
    session: Session, at: datetime, later_runs: Runs
) -> None:
    first, second = free_at(session, 100), free_at(session, 200)
    call = a_call(session, at)
    mine, theirs = asked_by(session, call, first.id), asked_by(session, call, second.id)
    assert mine is not None
    assert theirs is not None
    application = accept(session, mine, first, at=at + timedelta(minutes=1))
    assert application.state is ApplicationState.HIRED
    assert call.state is CallState.FILLED
    with pytest.raises(CallIsOver):
        accept(session, theirs, second, at=at + timedelta(minutes=2))
    subjects = [letter.subject for letter in letters_to(session, str(second.email))]
    assert any("일손을 찾았어요" in subject for subject in subjects)
    assert not [
        letter
        for letter in letters_to(session, str(first.email))
        if "일손을 찾았어요" in letter.subject
    ]
    session.commit()
    later_runs(at + timedelta(hours=1))
    session.refresh(call)
    assert call.state is CallState.FILLED


def test_a_call_for_two_rings_on_until_both_seats_are_taken(session: Session, at: datetime) -> None:
    people = [free_at(session, m) for m in (100, 200)]
    call = a_call(session, at, seats=2)
    for number, person in enumerate(people):
        assert call.state is (CallState.RINGING if number < 2 else CallState.FILLED)
        asked = asked_by(session, call, person.id)
        assert asked is not None
        accept(session, asked, person, at=at)
    assert call.state is CallState.FILLED


def test_one_person_gets_one_seat_by_answering_under_two_names_of_theirs(
    session: Session, at: datetime
) -> None:
    applied, again = (free_at(session, m, name="김순자") for m in (100, 200))
    call = a_call(session, at, seats=3)
    first = an_application(session, call.job, applied, at=at)
    mine, theirs = (asked_by(session, call, one.id) for one in (applied, again))
    assert mine is not None
    assert theirs is not None
    with pytest.raises(CallIsOver):
        accept(session, theirs, again, at=at)
    an_application(session, call.job, again, at=at)
    with pytest.raises(CallIsOver):
        accept(session, theirs, again, at=at)
    assert accept(session, mine, applied, at=at) is first, "who came first is not kept out"
    assert call.job.taken == 1


def test_who_says_no_is_not_asked_again(session: Session, at: datetime, later_runs: Runs) -> None:
    person = free_at(session, 100)
    call = a_call(session, at)
    asked = asked_by(session, call, person.id)
    assert asked is not None
    refuse(session, asked)
    session.commit()
    later_runs(at + timedelta(minutes=15))
    assert len(letters_to(session, str(person.email))) == 1
    assert asked.reply is Reply.NO
    assert session.scalars(asked_of(person.id, at=at)).all() == []


def test_only_who_is_free_has_a_home_and_is_not_busy_is_asked(
    session: Session, at: datetime
) -> None:
    homeless = free_at(session, 100, home=None)
    gone = free_at(session, 100)
    gone.left_at, gone.email, gone.phone, gone.home = at, None, None, None
    busy_then = free_at(session, 100)
    be_free(session, busy_then, [span_of("0-morning")])
    paused = free_at(session, 100)
    session.get_one(Availability, paused.id).paused_until = at + timedelta(days=1)
    never_said = a_person(session, home=walk(100).rounded(3))
    session.commit()
    monday_noon = datetime.fromisoformat("2026-11-23T12:00:00+09:00")
    call = a_call(session, monday_noon - timedelta(hours=2), hours=2)
    for person in (homeless, gone, busy_then, paused, never_said):
        assert asked_by(session, call, person.id) is None


def test_without_a_telephone_nobody_takes_a_seat(session: Session, at: datetime) -> None:
    person = free_at(session, 100, phone=None)
    call = a_call(session, at)
    asked = asked_by(session, call, person.id)
    assert asked is not None
    with pytest.raises(NoPhone):
        accept(session, asked, person, at=at)


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_only_what_begins_within_a_day_is_urgent(
    session: Session, at: datetime, hours: float
) -> None:
    with pytest.raises(NotUrgent):
        a_call(session, at, hours=hours)


def test_a_call_rings_once_at_a_time_and_can_be_stopped_and_made_anew(
    session: Session, at: datetime
) -> None:
    call = a_call(session, at)
    job, needed_at = call.job, at + timedelta(hours=3)
    with pytest.raises(CallIsRinging):
        open_call(session, job, needed_at=needed_at, door=DOOR, by_id=call.opened_by_id, at=at)  # type: ignore[arg-type]
    stop(session, job)
    assert (call.state, job.urgent_until) == (CallState.STOPPED, None)
    with pytest.raises(CallIsOver):
        stop(session, job)
    open_call(session, job, needed_at=needed_at, door=DOOR, by_id=call.opened_by_id, at=at)  # type: ignore[arg-type]
    assert (call.state, job.urgent_until) == (CallState.RINGING, needed_at)


def test_nobody_is_called_for_a_job_without_a_seat_or_that_is_over(
    session: Session, at: datetime
) -> None:
    with pytest.raises(NoSeatToCallFor):
        a_call(session, at, seats=1, taken=1)
    yesterday = (at - timedelta(days=1)).date()
    with pytest.raises(TooLate):
        a_call(session, at, works_from=yesterday, works_until=yesterday)


def test_no_hours_at_all_takes_it_back(session: Session) -> None:
    person = free_at(session, 100)
    assert be_free(session, person, []) is None
    assert session.get(Availability, person.id) is None


def test_the_homes_are_found_by_their_index(session: Session, at: datetime) -> None:
    call = a_call(session, at)
    plan = plan_of(session, people_to_ask(call, session.get_one(Job, call.job_id), 700, at=at))
    assert "person_home_idx" in plan or "availability_pkey" in plan
    assert "call_asked_person_id_idx" in plan_of(session, asked_of(call.job_id, at=at))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("call SET state = 'asleep'", "call_state_check"),
        ("call SET ring = 3", "call_ring_check"),
        ("call SET needed_at = opened_at", "call_ahead_check"),
        ("call_asked SET reply = 'perhaps'", "call_asked_reply_check"),
        ("availability SET week = '{[10079,10081)}'", "availability_one_week_check"),
        ("availability SET week = '{}'", "availability_some_time_check"),
    ],
)
def test_the_database_keeps_the_rules(
    session: Session, at: datetime, change: str, constraint: str
) -> None:
    free_at(session, 100)
    a_call(session, at)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE {change}"))
