"""What people do with rooms, and what becomes of it in time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.errors import Problem
from geo_service.spaces import tasks
from geo_service.spaces.models import Booking, Event, State, Terms, Use, Who, Wish
from geo_service.spaces.queries.bookings import bookings_of
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow import house, problems
from geo_service.spaces.workflow.changing import cancel, move
from geo_service.spaces.workflow.deciding import approve, call_off, decline
from geo_service.spaces.workflow.finishing import Details, finish_series
from geo_service.spaces.workflow.holding import HOLD, book, confirm, hold
from geo_service.spaces.workflow.repeating import hold_series
from tests.areas import a_district, a_dong
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


def deeds_of(session: Session, booking: Booking) -> list[tuple[str, State]]:
    found = select(Event).where(Event.booking_id == booking.id).order_by(Event.id)
    return [(event.deed, event.state) for event in session.scalars(found)]


WISHES: list[tuple[dict[str, Any], Wish, type[Problem]]] = [
    ({}, Wish(hours(10, 10.5)), problems.TooShort),
    ({}, Wish(hours(9, 14)), problems.TooLong),
    ({}, Wish(hours(10.25, 11.25)), problems.OffTheClock),
    ({}, Wish(hours(17, 19)), problems.OutsideHours),
    ({"notice_minutes": 180}, Wish(hours(10, 11)), problems.TooSoon),
    ({}, Wish(hours(10, 11, -1)), problems.TimeHasPassed),
    ({"ahead_days": 3}, Wish(hours(10, 11, 4)), problems.TooFarAhead),
    ({}, Wish(hours(10, 11), people=13), problems.TooManyPeople),
    ({}, Wish(hours(10, 11), unit_no=1), problems.NoSuchUnit),
    ({}, Wish(Range(at(10), None)), problems.NotByTheHour),
    ({"bookable": False}, Wish(hours(10, 11)), problems.NotBookable),
    ({"use": Use.MONTHLY}, Wish(hours(10, 11)), problems.NotByTheMonth),
    ({"use": Use.MONTHLY}, Wish(Range(at(0, -1), None)), problems.TimeHasPassed),
    ({"who": Who.DONG}, Wish(hours(10, 11)), problems.OnlyForNeighbours),
]


@pytest.mark.parametrize(("terms", "wish", "problem"), WISHES)
def test_a_wish_keeps_to_the_terms(
    session: Session, ann: Person, terms: dict[str, Any], wish: Wish, problem: type[Problem]
) -> None:
    room = a_room(session, terms=terms)
    with pytest.raises(problem):
        hold(session, room.id, ann, wish, at=MONDAY)


def test_a_public_holiday_is_closed(session: Session, ann: Person) -> None:
    room = a_room(session, closed_days=["holiday"], terms={"ahead_days": 60})
    with pytest.raises(problems.ClosedThatDay):
        hold(session, room.id, ann, Wish(hours(10, 11, 32)), at=MONDAY)  # 25 December
    assert hold(session, room.id, ann, Wish(hours(10, 11, 31)), at=MONDAY)


def test_a_room_that_is_not_published_cannot_be_booked(session: Session, ann: Person) -> None:
    room = a_room(session, published_at=MONDAY + timedelta(days=1))
    with pytest.raises(problems.NotBookable):
        hold(session, room.id, ann, Wish(hours(10, 11, 2)), at=MONDAY)


def test_only_neighbours_of_the_dong_or_district(session: Session, ann: Person, bo: Person) -> None:
    district = a_district(session)
    here, next_to_it = (a_dong(session, district, f"{n}나동", f"5100{n}") for n in (1, 2))
    ann.neighbour_of_id, ann.neighbour_since = here.id, MONDAY
    bo.neighbour_of_id, bo.neighbour_since = next_to_it.id, MONDAY
    dong = a_room(session, area_id=here.id, terms={"who": Who.DONG})
    assert hold(session, dong.id, ann, Wish(hours(10, 11)), at=MONDAY)
    with pytest.raises(problems.OnlyForNeighbours):
        hold(session, dong.id, bo, Wish(hours(11, 12)), at=MONDAY)
    wide = a_room(session, area_id=here.id, terms={"who": Who.DISTRICT})
    assert hold(session, wide.id, bo, Wish(hours(11, 12)), at=MONDAY)


def test_what_is_taken_comes_with_the_nearest_free_times(
    session: Session, ann: Person, bo: Person
) -> None:
    room = a_room(session)
    hold(session, room.id, ann, Wish(hours(10, 12)), at=MONDAY)
    with pytest.raises(problems.SlotIsTaken) as taken:
        hold(session, room.id, bo, Wish(hours(11, 12)), at=MONDAY)
    nearest = taken.value.facts["nearest"]
    assert isinstance(nearest, list)
    begins = [datetime.fromisoformat(span.split("/")[0]) for span in nearest]
    assert begins == [at(9), at(12), at(12.5)]


def test_what_is_taken_is_told_before_going_in(
    session: Session, ann: Person, bo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, wish = a_room(session), Wish(hours(14, 15))
    mine = book(session, room.id, ann, Wish(hours(10, 11)), at=MONDAY)
    book(session, room.id, bo, wish, at=MONDAY)
    monkeypatch.setattr(house, "lock_house", lambda *_: pytest.fail("somebody went in"))
    for deed in (
        lambda: hold(session, room.id, ann, wish, at=MONDAY),
        lambda: book(session, room.id, ann, wish, at=MONDAY),
        lambda: move(session, mine, wish, at=MONDAY),
    ):
        with pytest.raises(problems.SlotIsTaken) as taken:
            deed()
        assert taken.value.facts["nearest"]
    with pytest.raises(problems.SeriesClashes):
        hold_series(session, room.id, ann, wish, 2, at=MONDAY)


def test_other_hindrances_are_told_before_what_is_taken(
    session: Session, ann: Person, bo: Person
) -> None:
    room = a_room(session)
    book(session, room.id, bo, Wish(hours(14, 15)), at=MONDAY)
    with pytest.raises(problems.TooManyPeople):
        hold(session, room.id, ann, Wish(hours(14, 15), people=13), at=MONDAY)
    session.get_one(Terms, room.id).who = Who.DONG
    with pytest.raises(problems.OnlyForNeighbours):
        hold(session, room.id, ann, Wish(hours(14, 15)), at=MONDAY)


def test_a_hold_that_ran_out_stands_in_nobodys_way(
    session: Session, ann: Person, bo: Person
) -> None:
    room = a_room(session)
    mine = hold(session, room.id, ann, Wish(hours(10, 12)), at=MONDAY)
    assert hold(session, room.id, bo, Wish(hours(10, 12)), at=MONDAY + HOLD)
    assert mine.state is State.EXPIRED
    with pytest.raises(problems.HoldIsOver):
        confirm(session, mine, at=MONDAY + HOLD)
    with pytest.raises(problems.HoldIsOver):
        move(session, mine, Wish(hours(10, 12)), at=MONDAY + HOLD)


def test_holds_that_ran_out_are_held_against_nobody(
    session: Session, ann: Person, bo: Person
) -> None:
    room, later = a_room(session), MONDAY + HOLD
    book(session, room.id, bo, Wish(hours(13, 14)), at=MONDAY)
    for day in range(3):
        hold(session, room.id, ann, Wish(hours(10, 11, day)), at=MONDAY)
    with pytest.raises(problems.SlotIsTaken), session.begin_nested():
        hold(session, room.id, ann, Wish(hours(13, 14)), at=later)
    assert hold_series(session, room.id, ann, Wish(hours(14, 15)), 2, at=later)


def test_a_series_that_ran_out_is_finished_beside_two_holds(session: Session, ann: Person) -> None:
    room, later = a_room(session), MONDAY + HOLD
    series = hold_series(session, room.id, ann, Wish(hours(14, 15)), 2, at=MONDAY)
    for day in range(2):
        hold(session, room.id, ann, Wish(hours(10, 11, day)), at=MONDAY + timedelta(minutes=1))
    finished = finish_series(session, series, Details("모임", 3), at=later)
    assert {booking.state for booking in session.scalars(bookings_of(finished.id))} == {
        State.CONFIRMED
    }


def test_a_series_that_is_in_its_own_way_clashes(session: Session, ann: Person) -> None:
    terms = {"max_minutes": 10_080, "before_minutes": 1_440, "after_minutes": 1_440}
    room = a_room(session, open_week=None, terms=terms)
    with pytest.raises(problems.SeriesClashes) as clashes:
        hold_series(session, room.id, ann, Wish(hours(0, 6 * 24, 1)), 2, at=MONDAY)
    assert clashes.value.facts["dates"] == [korean_day(at(0, 8)).isoformat()]


def test_a_hold_ends_by_itself(session: Session, ann: Person, later_runs: Runs) -> None:
    mine = hold(session, a_room(session).id, ann, Wish(hours(10, 12)), at=MONDAY)
    later_runs(MONDAY + HOLD - timedelta(seconds=1))
    assert mine.state is State.HELD
    later_runs(MONDAY + HOLD)
    assert deeds_of(session, mine) == [("hold", State.HELD), ("expire", State.EXPIRED)]


def test_nobody_holds_more_than_three(session: Session, ann: Person) -> None:
    room = a_room(session)
    for day in range(3):
        hold(session, room.id, ann, Wish(hours(10, 11, day)), at=MONDAY)
    with pytest.raises(problems.TooManyHolds):
        hold(session, room.id, ann, Wish(hours(10, 11, 3)), at=MONDAY)


def test_buffers_are_kept_between_bookings(session: Session, ann: Person, bo: Person) -> None:
    room = a_room(session, terms={"before_minutes": 30, "after_minutes": 30})
    book(session, room.id, ann, Wish(hours(10, 12)), at=MONDAY)
    with pytest.raises(problems.SlotIsTaken):
        hold(session, room.id, bo, Wish(hours(12.5, 13.5)), at=MONDAY)
    assert hold(session, room.id, bo, Wish(hours(13, 14)), at=MONDAY)


def test_desks_are_given_out_one_by_one(session: Session) -> None:
    room = desks(session, 2)
    given = [
        book(session, room.id, a_person(session), Wish(hours(10, 12)), at=MONDAY) for _ in range(2)
    ]
    assert [booking.unit_no for booking in given] == [1, 2]
    with pytest.raises(problems.SlotIsTaken):
        book(session, room.id, a_person(session), Wish(hours(11, 13)), at=MONDAY)


def test_confirming_twice_is_confirming_once(session: Session, ann: Person) -> None:
    mine = hold(session, a_room(session).id, ann, Wish(hours(10, 12)), at=MONDAY)
    confirm(session, mine, at=MONDAY)
    confirm(session, mine, at=MONDAY)
    assert deeds_of(session, mine) == [("hold", State.HELD), ("confirm", State.CONFIRMED)]
    assert ann.email
    assert mine.code in letters_to(session, ann.email)[0].text


def test_the_price_is_that_of_the_terms(session: Session, ann: Person) -> None:
    room = a_room(session, terms={"price_won": 5_000, "price_minutes": 60})
    assert book(session, room.id, ann, Wish(hours(10, 11.5)), at=MONDAY).price_won == 10_000


def test_an_officer_decides(session: Session, ann: Person, bo: Person) -> None:
    room = a_room(session, terms={"needs_approval": True})
    yes = book(session, room.id, ann, Wish(hours(10, 11)), at=MONDAY)
    no = book(session, room.id, ann, Wish(hours(11, 12)), at=MONDAY)
    assert (yes.state, no.state) == (State.ASKED, State.ASKED)
    approve(session, yes, at=MONDAY, by=bo)
    decline(session, no, at=MONDAY, by=bo, words="청소하는 날이에요.")
    assert (yes.state, no.state) == (State.CONFIRMED, State.DECLINED)
    assert ann.email
    assert "청소하는 날이에요." in letters_to(session, ann.email)[-1].text
    with pytest.raises(problems.BookingIsPastThat):
        approve(session, no, at=MONDAY, by=bo)
    move(session, yes, Wish(hours(13, 14)), at=MONDAY)
    assert yes.state is State.ASKED


def test_what_nobody_decides_expires(session: Session, ann: Person, later_runs: Runs) -> None:
    room = a_room(session, terms={"needs_approval": True})
    mine = book(session, room.id, ann, Wish(hours(10, 11)), at=MONDAY)
    later_runs(at(10))
    assert mine.state is State.EXPIRED


def test_after_the_deadline_only_the_office_cancels(
    session: Session, ann: Person, bo: Person
) -> None:
    room = a_room(session, terms={"cancel_minutes": 60})
    mine = book(session, room.id, ann, Wish(hours(10, 11)), at=MONDAY)
    for change in (
        lambda: cancel(session, mine, at=at(9.5)),
        lambda: move(session, mine, Wish(hours(13, 14)), at=at(9.5)),
    ):
        with pytest.raises(problems.TooLateToChange):
            change()
    call_off(session, mine, at=at(9.5), by=bo, words="물이 새요.")
    assert mine.state is State.CANCELLED
    assert hold(session, room.id, bo, Wish(hours(10, 11)), at=at(9.5))


def test_a_move_that_fails_leaves_everything(session: Session, ann: Person, bo: Person) -> None:
    room = a_room(session)
    mine = book(session, room.id, ann, Wish(hours(10, 12)), at=MONDAY)
    book(session, room.id, bo, Wish(hours(13, 14)), at=MONDAY)
    with pytest.raises(problems.SlotIsTaken):
        move(session, mine, Wish(hours(12, 14)), at=MONDAY)
    session.refresh(mine)
    assert mine.during == hours(10, 12)
    move(session, mine, Wish(hours(11, 13)), at=MONDAY)
    assert hold(session, room.id, bo, Wish(hours(10, 11)), at=MONDAY)


def test_a_quota_holds_and_is_given_back(session: Session, ann: Person) -> None:
    room = a_room(session, terms={"quota_bookings": 2, "quota_minutes": 180})
    first = book(session, room.id, ann, Wish(hours(10, 12)), at=MONDAY)
    with pytest.raises(problems.QuotaReached):
        book(session, room.id, ann, Wish(hours(10, 12, 1)), at=MONDAY)  # 240 minutes
    book(session, room.id, ann, Wish(hours(10, 11, 1)), at=MONDAY)
    with pytest.raises(problems.QuotaReached):
        book(session, room.id, ann, Wish(hours(10, 11, 2)), at=MONDAY)
    assert book(session, room.id, ann, Wish(hours(10, 12, 7)), at=MONDAY), "another week"
    cancel(session, first, at=MONDAY)
    assert book(session, room.id, ann, Wish(hours(10, 11, 2)), at=MONDAY)
