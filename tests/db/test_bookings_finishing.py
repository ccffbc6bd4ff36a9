"""Going back and sending the last page again: one wish stays one booking."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces import tasks
from geo_service.spaces.models import Booking, State, Wish
from geo_service.spaces.workflow import problems
from geo_service.spaces.workflow.changing import cancel
from geo_service.spaces.workflow.finishing import Details, finish, finish_instead
from geo_service.spaces.workflow.holding import HOLD, hold
from tests.people import a_person
from tests.spaces import MONDAY, a_room, at, hours

Runs = Callable[[datetime], int]
assert tasks
READING = Details("책 모임", 4)


@pytest.fixture
def ann(session: Session) -> Person:
    return a_person(session)


@pytest.fixture
def held(session: Session, ann: Person) -> Booking:
    return hold(session, a_room(session).id, ann, Wish(hours(10, 12)), at=MONDAY)


def all_of(session: Session, person: Person) -> int:
    return (
        session.scalar(
            select(func.count()).select_from(Booking).where(Booking.person_id == person.id)
        )
        or 0
    )


def test_finished_twice_it_is_one_booking(session: Session, ann: Person, held: Booking) -> None:
    for details in (READING, Details("다른 말", 2)):
        assert finish(session, held, details, at=MONDAY) is held
    assert (held.state, held.purpose, held.people) == (State.CONFIRMED, "책 모임", 4)
    assert all_of(session, ann) == 1


@pytest.mark.parametrize("after", [timedelta(), HOLD])
def test_another_time_chosen_twice_is_one_booking(
    session: Session, ann: Person, held: Booking, later_runs: Runs, after: timedelta
) -> None:
    later_runs(MONDAY + after)
    for begins in (at(14), at(15)):
        done = finish_instead(session, held, begins, READING, at=MONDAY + after)
        assert (done.id, done.during) == (held.id, hours(14, 16))
    assert held.state is State.CONFIRMED
    assert all_of(session, ann) == 1


def test_whose_minutes_ran_out_gets_the_same_time_unless_somebody_took_it(
    session: Session, held: Booking, later_runs: Runs
) -> None:
    later_runs(MONDAY + HOLD)
    other = hold(session, held.space_id, a_person(session), Wish(hours(11, 13)), at=MONDAY + HOLD)
    with pytest.raises(problems.SlotIsTaken) as taken:
        finish(session, held, READING, at=MONDAY + HOLD)
    assert taken.value.facts["nearest"]
    assert (held.state, held.purpose) == (State.EXPIRED, "")
    cancel(session, other, at=MONDAY + HOLD)
    assert finish(session, held, READING, at=MONDAY + HOLD).state is State.CONFIRMED


def test_what_was_given_up_is_not_taken_by_going_back(session: Session, held: Booking) -> None:
    cancel(session, held, at=MONDAY)
    with pytest.raises(problems.BookingIsPastThat):
        finish(session, held, READING, at=MONDAY)


def test_the_time_that_is_left_for_another_is_free_for_others(
    session: Session, held: Booking
) -> None:
    finish_instead(session, held, at(14), READING, at=MONDAY)
    assert hold(session, held.space_id, a_person(session), Wish(hours(10, 12)), at=MONDAY)
