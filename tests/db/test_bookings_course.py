"""Series, waiting lists, coming or not, and desks by the month: what takes longer than a deed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces import tasks
from geo_service.spaces.models import Booking, State, Terms, Use, Wait, Wish
from geo_service.spaces.queries.bookings import slot_of
from geo_service.spaces.queries.opening import midnight
from geo_service.spaces.workflow import problems
from geo_service.spaces.workflow.changing import cancel, ends_on, give_notice, move
from geo_service.spaces.workflow.holding import book, confirm, hold
from geo_service.spaces.workflow.offering import set_terms
from geo_service.spaces.workflow.presence import check_in, forgive
from geo_service.spaces.workflow.queueing import leave, wait
from geo_service.spaces.workflow.repeating import cancel_series, confirm_series, hold_series
from tests.letters import letters_to
from tests.people import a_person
from tests.spaces import MONDAY, a_room, at, desks, hours

Runs = Callable[[datetime], int]
assert tasks


@pytest.fixture
def ann(session: Session) -> Person:
    return a_person(session)


@pytest.fixture
def bo(session: Session) -> Person:
    return a_person(session)


def test_a_series_is_all_or_nothing(session: Session, ann: Person, bo: Person) -> None:
    room = a_room(session)
    book(session, room.id, ann, Wish(hours(10, 11, 8)), at=MONDAY)
    with pytest.raises(problems.SeriesClashes) as clashes:
        hold_series(session, room.id, bo, Wish(hours(10, 12, 1)), 3, at=MONDAY)
    assert clashes.value.facts["dates"] == ["2026-12-01"]
    series = hold_series(session, room.id, bo, Wish(hours(11, 12, 1)), 3, at=MONDAY)
    confirm_series(session, series, at=MONDAY)
    mine = session.scalars(select(Booking).where(Booking.series_id == series.id)).all()
    assert {booking.state for booking in mine} == {State.CONFIRMED}
    with pytest.raises(problems.PartOfASeries):
        confirm(session, mine[0], at=MONDAY)
    cancel_series(session, series, at=at(10.5, 1))  # too late for the first
    assert sorted(booking.state for booking in mine) == ["cancelled", "cancelled", "confirmed"]
    with pytest.raises(problems.TooLateToChange):
        cancel_series(session, series, at=at(10.5, 1))


def test_whoever_waits_longest_moves_up(
    session: Session, ann: Person, bo: Person, later_runs: Runs
) -> None:
    room, cho = a_room(session), a_person(session)
    with pytest.raises(problems.NothingToWaitFor):
        wait(session, room.id, bo, hours(14, 15), at=MONDAY)
    mine = book(session, room.id, ann, Wish(hours(14, 16)), at=MONDAY)
    first = wait(session, room.id, bo, hours(14, 15), at=MONDAY)
    second = wait(session, room.id, cho, hours(14, 16), at=MONDAY + timedelta(minutes=1))
    with pytest.raises(problems.AlreadyWaiting):
        wait(session, room.id, bo, hours(14, 15), at=MONDAY)
    cancel(session, mine, at=at(9))
    assert (first.state, second.state) == (Wait.OFFERED, Wait.WAITING)
    assert bo.email
    assert "기다리던" in letters_to(session, bo.email)[0].subject
    later_runs(at(10))
    assert (first.state, second.state) == (Wait.MISSED, Wait.OFFERED)
    offered = session.get_one(Booking, second.booking_id)
    confirm(session, offered, at=at(10.5))
    session.refresh(second)
    assert (second.state, offered.person_id) == (Wait.TAKEN, cho.id)


def test_who_leaves_the_line_passes_the_offer_on(session: Session, ann: Person, bo: Person) -> None:
    room, cho = a_room(session), a_person(session)
    mine = book(session, room.id, ann, Wish(hours(14, 16)), at=MONDAY)
    lines = [wait(session, room.id, who, hours(14, 15), at=MONDAY) for who in (bo, cho)]
    cancel(session, mine, at=MONDAY)
    offered = next(line for line in lines if line.state is Wait.OFFERED)
    leave(session, offered, at=MONDAY)
    assert {line.state for line in lines} == {Wait.LEFT, Wait.OFFERED}


def test_nobody_waits_past_the_time(
    session: Session, ann: Person, bo: Person, later_runs: Runs
) -> None:
    room = a_room(session)
    book(session, room.id, ann, Wish(hours(14, 16)), at=MONDAY)
    line = wait(session, room.id, bo, hours(14, 15), at=MONDAY)
    later_runs(at(14))
    assert line.state is Wait.MISSED


def test_one_checks_in_with_the_code_and_in_time(session: Session, ann: Person) -> None:
    mine = book(session, a_room(session).id, ann, Wish(hours(10, 12)), at=MONDAY)
    wrong = "000000" if mine.code != "000000" else "111111"
    with pytest.raises(problems.NotItsCode):
        check_in(session, mine, wrong, at=at(10), by=ann)
    with pytest.raises(problems.NotNow):
        check_in(session, mine, mine.code, at=at(9.5), by=ann)
    check_in(session, mine, mine.code, at=at(9.75), by=ann)
    assert mine.checked_in_at == at(9.75)
    assert session.scalar(slot_of(mine.space_id, mine.code, at=at(11))) is mine
    assert session.scalar(slot_of(mine.space_id, mine.code, at=at(13))) is None


def test_who_does_not_come_loses_it_and_after_three_times_waits(
    session: Session, ann: Person, bo: Person, later_runs: Runs
) -> None:
    terms = {"no_show_minutes": 15, "strikes": 3, "strike_days": 10}
    room = a_room(session, terms=terms)
    missed = [book(session, room.id, ann, Wish(hours(10, 12, day)), at=MONDAY) for day in range(3)]
    for day in range(3):
        later_runs(at(10.25, day))
    assert {booking.state for booking in missed} == {State.NO_SHOW}
    assert hold(session, room.id, bo, Wish(hours(11, 12, 2)), at=at(10.25, 2)), "it is free"
    with pytest.raises(problems.BookingsSuspended) as suspended:
        hold(session, room.id, ann, Wish(hours(10, 12, 4)), at=at(8, 3))
    until = suspended.value.facts["until"]
    assert isinstance(until, str)
    assert datetime.fromisoformat(until) == at(10.25, 10)
    assert hold(session, room.id, ann, Wish(hours(10, 12, 11)), at=at(10.25, 10)), "forgiven"
    forgive(session, missed[2], at=at(12, 3), by=bo)
    assert hold(session, room.id, ann, Wish(hours(10, 12, 5)), at=at(12, 3)), "taken back"


def test_who_came_keeps_it(session: Session, ann: Person, later_runs: Runs) -> None:
    room = a_room(session, terms={"no_show_minutes": 15})
    mine = book(session, room.id, ann, Wish(hours(10, 12)), at=MONDAY)
    moved = book(session, room.id, ann, Wish(hours(13, 14)), at=MONDAY)
    move(session, moved, Wish(hours(15, 16)), at=MONDAY)
    check_in(session, mine, mine.code, at=at(10), by=ann)
    later_runs(at(13.25))
    assert (mine.state, moved.state) == (State.CHECKED_IN, State.CONFIRMED)


def test_a_desk_by_the_month_renews_until_notice(session: Session, ann: Person, bo: Person) -> None:
    room = desks(session, 1, terms={"use": Use.MONTHLY, "price_won": 90_000, "ahead_days": 60})
    start = Wish(Range(midnight(date(2026, 12, 1)), None))
    mine = book(session, room.id, ann, start, at=MONDAY)
    assert (mine.state, mine.price_won, mine.ends_at) == (State.CONFIRMED, 90_000, None)
    later = Wish(Range(midnight(date(2027, 1, 20)), None))
    with pytest.raises(problems.SlotIsTaken):
        book(session, room.id, bo, later, at=MONDAY)
    assert give_notice(session, mine, at=at(12, 10), by=ann) == midnight(date(2027, 2, 1))
    with pytest.raises(problems.SlotIsTaken):
        book(session, room.id, bo, later, at=at(12, 10))
    after = Wish(Range(midnight(date(2027, 2, 1)), None))
    assert book(session, room.id, bo, after, at=at(12, 10))


def test_nobody_has_two_desks_by_the_month(session: Session, ann: Person) -> None:
    room = desks(session, 2, terms={"use": Use.MONTHLY})
    start = Wish(Range(midnight(date(2026, 12, 1)), None))
    book(session, room.id, ann, start, at=MONDAY)
    with pytest.raises(problems.AlreadySubscribed):
        book(session, room.id, ann, start, at=MONDAY)


@pytest.mark.parametrize(
    ("begins", "today", "ends"),
    [
        ("2026-12-01", "2026-12-03", "2027-02-01"),
        ("2026-12-01", "2026-11-20", "2027-01-01"),
        ("2026-12-31", "2027-01-15", "2027-02-28"),
        ("2026-12-15", "2027-01-15", "2027-02-15"),
    ],
)
def test_whole_months_after_notice(begins: str, today: str, ends: str) -> None:
    terms = Terms(space_id=None, notice_months=1, min_months=1)  # type: ignore[arg-type]
    days = date.fromisoformat(begins), date.fromisoformat(today)
    assert ends_on(terms, *days) == date.fromisoformat(ends)


def test_new_terms_leave_old_bookings(session: Session, ann: Person, bo: Person) -> None:
    room = a_room(session)
    mine = book(session, room.id, ann, Wish(hours(10, 12)), at=MONDAY)
    set_terms(session, room.id, {"units": 2})
    assert mine.state is State.CONFIRMED
    with pytest.raises(problems.SlotIsTaken):
        book(session, room.id, bo, Wish(hours(10, 12)), at=MONDAY)
