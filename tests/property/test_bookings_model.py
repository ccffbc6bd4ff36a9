"""Whatever people do in whatever order, the service does what the list on paper says.

`TEST_MODEL_EXAMPLES=200` plays as many days as the design asks for.
"""

import os
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.errors import Problem
from geo_service.spaces.models import Booking, Series, Space, State, Terms, Waiting, Wish
from geo_service.spaces.queries.free import Look, free_times
from geo_service.spaces.workflow.changing import cancel, move
from geo_service.spaces.workflow.holding import confirm, hold
from geo_service.spaces.workflow.queueing import wait
from geo_service.spaces.workflow.repeating import cancel_series, confirm_series, hold_series
from tests.api.storm import OVERLAPS, UNCLAIMED
from tests.factories import an_office
from tests.people import a_person
from tests.property.booking_model import Paper, Refused, Room
from tests.spaces import MONDAY, a_room, at, units_free

EXAMPLES = int(os.environ.get("TEST_MODEL_EXAMPLES", "8"))
"""Days played; the full run asks for 200."""

ROOMS = (
    Room("hall"),
    Room("left", whole="hall", needs_approval=True),
    Room("right", whole="hall", quota=1),
    Room("desks", units=2, whole="right", quota=2),
)
PEOPLE = ("ann", "bo", "cho")

rooms, people = st.sampled_from([room.name for room in ROOMS]), st.sampled_from(PEOPLE)
begins, lengths = st.integers(9, 11), st.integers(1, 2)
days = st.sampled_from((1, 1, 8))
"""Few times, so that most wishes meet another."""


class Town(RuleBasedStateMachine):
    """The service and the paper beside it."""

    connection: Connection

    def __init__(self) -> None:
        super().__init__()
        self.everything = self.connection.begin_nested()
        self.session = Session(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        self.bookings: dict[int, Booking] = {}
        self.series: dict[int, Series] = {}
        self.waits: dict[int, Waiting] = {}

    @initialize()
    def open(self) -> None:
        """A house with parts, and three people."""
        self.paper = Paper({room.name: room for room in ROOMS}, MONDAY)
        self.people: dict[str, Person] = {name: a_person(self.session) for name in PEOPLE}
        self.spaces: dict[str, Space] = {}
        office = an_office(self.session)
        for room in ROOMS:
            terms = {"units": room.units, "needs_approval": room.needs_approval}
            self.spaces[room.name] = a_room(
                self.session,
                title=room.name,
                office_id=office.id,
                part_of_id=room.whole and self.spaces[room.whole].id,
                terms=terms | {"quota_bookings": room.quota, "max_minutes": 540},
            )

    def teardown(self) -> None:
        """Every claim was some live booking's; then it is as if it had never been."""
        try:
            assert self.session.scalars(OVERLAPS).one() == 0
            assert self.session.scalars(UNCLAIMED).one() == 0
        finally:
            self.session.close()
            self.everything.rollback()

    def both(self, on_paper: Callable[[], Any], for_real: Callable[[], Any]) -> tuple[Any, Any]:
        """Do it twice; the same happens, or the same is refused and nothing has changed."""
        before = deepcopy(self.paper)
        try:
            told: Any = on_paper()
            refused = ""
        except Refused as problem:
            told, refused, self.paper = None, str(problem), before
        try:
            with self.session.begin_nested():
                done = for_real()
            said = ""
        except Problem as problem:
            self.session.expire_all()
            done, said = None, type(problem).__name__
        assert said == refused
        return told, done

    def during(self, day: int, hour: int, length: int) -> tuple[datetime, datetime]:
        """As the rules tell it."""
        return at(hour, day), at(hour + length, day)

    @rule(room=rooms, person=people, day=days, hour=begins, length=lengths)
    def hold(self, room: str, person: str, day: int, hour: int, length: int) -> None:
        """Somebody holds a time."""
        span = self.during(day, hour, length)
        line, booking = self.both(
            lambda: self.paper.hold(room, person, *span),
            lambda: hold(
                self.session,
                self.spaces[room].id,
                self.people[person],
                Wish(Range(*span)),
                at=self.paper.at,
            ),
        )
        if booking:
            self.bookings[line.number] = booking

    @precondition(lambda self: self.bookings)
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        """Somebody confirms."""
        number = data.draw(st.sampled_from(sorted(self.bookings)))
        self.both(
            lambda: self.paper.confirm(number),
            lambda: confirm(self.session, self.bookings[number], at=self.paper.at),
        )

    @precondition(lambda self: self.bookings)
    @rule(data=st.data(), day=days, hour=begins, length=lengths)
    def move(self, data: st.DataObject, day: int, hour: int, length: int) -> None:
        """Somebody moves what they have."""
        number = data.draw(st.sampled_from(sorted(self.bookings)))
        span = self.during(day, hour, length)
        wish = Wish(Range(*span))
        self.both(
            lambda: self.paper.move(number, *span),
            lambda: move(self.session, self.bookings[number], wish, at=self.paper.at),
        )

    @precondition(lambda self: self.bookings)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        """Somebody cancels."""
        number = data.draw(st.sampled_from(sorted(self.bookings)))
        self.both(
            lambda: self.paper.cancel(number),
            lambda: cancel(self.session, self.bookings[number], at=self.paper.at),
        )

    @rule(room=rooms, person=people, hour=begins, length=lengths)
    def repeat(self, room: str, person: str, hour: int, length: int) -> None:
        """Somebody wants the same in two weeks."""
        span = self.during(1, hour, length)
        lines, series = self.both(
            lambda: self.paper.repeat(room, person, *span, 2),
            lambda: hold_series(
                self.session,
                self.spaces[room].id,
                self.people[person],
                Wish(Range(*span)),
                2,
                at=self.paper.at,
            ),
        )
        if series:
            self.series[lines[0].number] = series

    @precondition(lambda self: self.series)
    @rule(data=st.data(), take=st.booleans())
    def settle_series(self, data: st.DataObject, *, take: bool) -> None:
        """Somebody confirms or cancels a series."""
        number = data.draw(st.sampled_from(sorted(self.series)))
        deed = confirm_series if take else cancel_series
        self.both(
            lambda: (self.paper.confirm_series if take else self.paper.cancel_series)(number),
            lambda: deed(self.session, self.series[number], at=self.paper.at),
        )

    @rule(room=rooms, person=people, day=days, hour=begins, length=lengths)
    def wait(self, room: str, person: str, day: int, hour: int, length: int) -> None:
        """Somebody waits for what another has."""
        span = self.during(day, hour, length)
        wish, waiting = self.both(
            lambda: self.paper.wait(room, person, *span),
            lambda: wait(
                self.session,
                self.spaces[room].id,
                self.people[person],
                Range(*span),
                at=self.paper.at,
            ),
        )
        if waiting:
            self.waits[wish.number] = waiting
            self.paper.at += timedelta(microseconds=1)  # nobody comes at the same moment

    @rule(minutes=st.sampled_from((1, 9, 11, 61)))
    def pass_time(self, minutes: int) -> None:
        """Holds run out by themselves."""
        self.paper.at += timedelta(minutes=minutes)

    @invariant()
    def the_same_is_taken(self) -> None:
        """By the same people, in the same state."""
        live = self.session.scalars(
            select(Booking)
            .where(Booking.state.in_([State.HELD, State.ASKED, State.CONFIRMED]))
            .execution_options(populate_existing=True)
        )
        names = {space.id: name for name, space in self.spaces.items()}
        whose = {person.id: name for name, person in self.people.items()}
        found = sorted(
            (names[b.space_id], b.unit_no, whose[b.person_id], b.begins_at, b.ends_at, str(b.state))
            for b in live
            if b.held_until is None or b.held_until > self.paper.at
        )
        told = sorted(
            (x.room, x.unit, x.person, x.begins, x.ends, x.state) for x in self.paper.live()
        )
        assert found == told

    @invariant()
    def the_same_wait(self) -> None:
        """And the same were offered something."""
        told = {number: self.paper.waiting[number].state for number in self.waits}
        rows = self.session.scalars(select(Waiting).execution_options(populate_existing=True)).all()
        states = {row.id: str(row.state) for row in rows}
        assert {number: states[wait.id] for number, wait in self.waits.items()} == told

    @rule(room=rooms, day=days, hour=begins)
    def look(self, room: str, day: int, hour: int) -> None:
        """What is shown as free is what could be held."""
        terms = self.session.get_one(Terms, self.spaces[room].id)
        on = at(0, day).date()
        free = free_times(self.session, Look(terms, self.paper.at), on, 1)
        on_paper = deepcopy(self.paper)
        on_paper.lines = on_paper.live()
        span = self.during(day, hour, 1)
        assert units_free(free, *span) == on_paper.units(room, *span)


def test_people_do_what_the_paper_says(connection: Connection) -> None:
    Town.connection = connection
    run_state_machine_as_test(
        Town,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
