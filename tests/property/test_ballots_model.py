"""Whoever votes, joins, leaves or comes late, in whatever order: a box with slips agrees."""

import os
from collections import Counter
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.errors import Problem
from geo_service.meetings.models import Choice, Slip, Voter
from geo_service.meetings.queries.records import seat_of
from geo_service.meetings.workflow.deciding import count, vote
from tests.meeting_records import a_ballot, a_convened_meeting, seat
from tests.people import a_person

EXAMPLES = int(os.environ.get("TEST_MODEL_EXAMPLES", "8"))
"""Ballots played; the full run asks for 200."""

PEOPLE = ("ann", "bo", "cho", "dan")

people, choices = st.sampled_from(PEOPLE), st.sampled_from(Choice)


class Box(RuleBasedStateMachine):
    """A ballot, and beside it a box, a list of who put a slip in, and a clock."""

    connection: Connection

    def __init__(self) -> None:
        super().__init__()
        self.everything = self.connection.begin_nested()
        self.session = Session(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )

    @initialize()
    def open(self) -> None:
        """Half of the people come."""
        self.people: dict[str, Person] = {name: a_person(self.session) for name in PEOPLE}
        self.meeting = a_convened_meeting(self.session, self.people["ann"])
        seat(self.session, self.meeting, self.people["bo"])
        self.ballot = a_ballot(self.session, self.meeting)
        self.at: datetime = self.ballot.opened_at
        self.seated = {"ann", "bo"}
        self.box: dict[str, Choice] = {}
        self.voted: set[str] = set()

    def teardown(self) -> None:
        """As if it had never been."""
        self.session.close()
        self.everything.rollback()

    @property
    def is_over(self) -> bool:
        """By the clock."""
        assert self.ballot.closes_at is not None
        return self.at >= self.ballot.closes_at

    @rule(name=people, choice=choices)
    def vote(self, name: str, choice: Choice) -> None:
        """Somebody puts a slip in, once."""
        wanted = ""
        if self.is_over or self.ballot.closed_at is not None:
            wanted = "BallotIsClosed"
        elif name not in self.seated:
            wanted = "OnlyWhoComesVotes"
        elif name in self.voted:
            wanted = "AlreadyVoted"
        said = ""
        try:
            with self.session.begin_nested():
                code = vote(self.session, self.ballot, self.people[name].id, choice, at=self.at)
        except Problem as problem:
            said = type(problem).__name__
        else:
            self.box[code] = choice
            self.voted.add(name)
        assert said == wanted

    @rule(name=people)
    def come(self, name: str) -> None:
        """Somebody takes a seat after all."""
        if name not in self.seated:
            seat(self.session, self.meeting, self.people[name])
            self.seated.add(name)

    @rule(name=people)
    def leave(self, name: str) -> None:
        """Somebody gives their seat up; a slip in the box stays there."""
        if name in self.seated:
            found = seat_of(self.meeting.id, self.people[name].id)
            self.session.delete(self.session.scalars(found).one())
            self.session.flush()
            self.seated.discard(name)

    @rule(minutes=st.sampled_from((1, 20, 40)))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.at += timedelta(minutes=minutes)

    @rule()
    def close(self) -> None:
        """Somebody counts; nothing happens before the time, and nothing twice."""
        was_open, entitled = self.ballot.closed_at is None, len(self.seated | self.voted)
        count(self.session, self.ballot, at=self.at)
        assert (self.ballot.closed_at is None) == (was_open and not self.is_over)
        if was_open and self.is_over:
            assert self.ballot.entitled == entitled

    @invariant()
    def the_box_agrees(self) -> None:
        """Never more votes than people; the result is what was voted, and no slip is lost."""
        slips = {
            slip.code: slip.choice
            for slip in self.session.scalars(select(Slip).where(Slip.decision_id == self.ballot.id))
        }
        of_this = select(func.count()).where(Voter.decision_id == self.ballot.id)
        assert slips == self.box
        assert self.session.scalars(of_this).one() == len(self.voted) == len(slips)
        told = (self.ballot.yes, self.ballot.no, self.ballot.abstained)
        counted = Counter(self.box.values())
        if self.ballot.closed_at is None:
            assert told == (0, 0, 0)
        else:
            assert told == (counted[Choice.YES], counted[Choice.NO], counted[Choice.ABSTAIN])
            assert self.ballot.voted <= (self.ballot.entitled or 0) <= len(PEOPLE)


def test_a_ballot_does_what_a_box_of_slips_does(connection: Connection) -> None:
    Box.connection = connection
    run_state_machine_as_test(
        Box,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
