"""When a room is free."""

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.spaces.models import Terms, Wish
from geo_service.spaces.queries.free import Look, free_times, next_slots
from geo_service.spaces.queries.week import Cell, week_table
from geo_service.spaces.workflow.holding import book
from tests.people import a_person
from tests.spaces import MONDAY, a_room, at, hours


def test_free_times_leave_out_what_is_closed_taken_or_too_soon(session: Session) -> None:
    room = a_room(session, closed_days=["tue"], terms={"notice_minutes": 135})
    book(session, room.id, a_person(session), Wish(hours(12, 14)), at=MONDAY)
    terms = session.get_one(Terms, room.id)
    look = Look(terms, MONDAY)
    free = free_times(session, look, MONDAY.date(), 3)
    assert free.windows == [(at(10.5), at(12)), (at(14), at(18)), (at(9, 2), at(18, 2))]
    assert next_slots(session, look, 120) == [
        (at(14), at(16)),
        (at(14.5), at(16.5)),
        (at(15), at(17)),
    ]
    monday, tuesday, _ = week_table(free, MONDAY.date(), 3)
    assert tuesday.cells == {}
    assert list(monday.cells.values()).count(Cell.TAKEN) == 7
    assert monday.cells[at(10.5)] is Cell.FREE


def test_a_night_that_goes_on_is_one_window(session: Session) -> None:
    evening = [Range(18 * 60, 26 * 60)]
    room = a_room(session, open_week=evening, terms={"max_minutes": 480})
    terms = session.get_one(Terms, room.id)
    free = free_times(session, Look(terms, MONDAY), MONDAY.date(), 2)
    assert free.windows == [(at(18), at(26))]
