"""Whatever people and offices do, in whatever order: seats, states and the queue hold."""

import os
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session, sessionmaker

from geo_service.errors import Problem
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hiring.workflow.applying import apply
from geo_service.hiring.workflow.choosing import accept, decline, expire, hire, offer
from geo_service.hiring.workflow.deciding import decide
from geo_service.hiring.workflow.settling import settle
from geo_service.hiring.workflow.withdrawing import withdraw
from geo_service.jobs.models import Job, Turn
from geo_service.jobs.queries import held
from geo_service.shifts.models import Shift, ShiftState
from tests.hiring import PHONE, SOON, a_job_of
from tests.people import a_person, on_staff

PEOPLE = 7
RUNS = int(os.environ.get("GEO_HIRING_RUNS", "10"))
"""By default as many as fit into a few seconds; 200 were run when this was written."""

S = ApplicationState


class Hiring(RuleBasedStateMachine):
    """One job, seven people, and a model that knows who must sit and who is next."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.everything = self.connection.begin()
        making = sessionmaker(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        )
        self.session: Session = making()
        self.at: datetime = SOON
        self.order: list[int] = []
        """The model of the waiting list: numbers of people, the next one first."""

    @initialize(seats=st.integers(1, 3), turn=st.sampled_from(Turn))
    def begin(self, seats: int, turn: Turn) -> None:
        """A published job with one of the rules."""
        self.job: Job = a_job_of(self.session, seats, turn=turn)
        self.officer = on_staff(self.session, self.job.office_id)
        self.people = [a_person(self.session) for _ in range(PEOPLE)]

    def application(self, who: int) -> Application | None:
        """What this person sent, if anything."""
        found = select(Application).where(
            Application.job_id == self.job.id, Application.person_id == self.people[who].id
        )
        return self.session.scalar(found)

    def tried(self, deed: object, *args: object, **said: object) -> bool:
        """Whether it went well; a refusal leaves everything as it was."""
        before = self.states()
        try:
            with self.session.begin_nested():
                deed(self.session, *args, at=self.at, **said)  # type: ignore[operator]
        except Problem:
            self.session.expire_all()
            assert self.states() == before
            return False
        self.session.commit()
        self.session.expire_all()
        return True

    def states(self) -> dict[int, ApplicationState]:
        """What became of each."""
        found = {one.person_id: one.state for one in self.session.scalars(select(Application))}
        return {n: found[p.id] for n, p in enumerate(self.people) if p.id in found}

    @rule(who=st.integers(0, PEOPLE - 1))
    def apply(self, who: int) -> None:
        """Somebody asks."""
        self.tried(apply, self.job, self.people[who], phone=f"{PHONE[:-1]}{who}", answers=[])

    @rule(who=st.integers(0, PEOPLE - 1), deed=st.sampled_from([withdraw, accept, expire]))
    def answer(self, who: int, deed: object) -> None:
        """Somebody takes it back, says yes, or lets an offer run out."""
        if (application := self.application(who)) is not None:
            self.tried(deed, application)

    @rule(who=st.integers(0, PEOPLE - 1), deed=st.sampled_from([hire, offer]))
    def choose(self, who: int, deed: object) -> None:
        """The office gives a seat, or keeps one."""
        if (application := self.application(who)) is not None:
            self.tried(deed, application, by_id=self.officer.id)

    @rule(who=st.integers(0, PEOPLE - 1))
    def decline(self, who: int) -> None:
        """The office says no."""
        if (application := self.application(who)) is not None:
            self.tried(decline, application, words="까닭", by_id=self.officer.id)

    @rule(deed=st.sampled_from([decide, settle]))
    def look(self, deed: object) -> None:
        """The rule decides, or the worker looks after it."""
        self.tried(deed, self.job)

    @precondition(lambda self: self.at < SOON + timedelta(days=20))
    @rule(hours=st.sampled_from([1, 13, 25, 100]))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.at += timedelta(hours=hours)

    @rule(more=st.integers(-1, 1))
    def change_seats(self, more: int) -> None:
        """The office edits the job."""
        self.session.execute(held(self.job.id))
        self.session.refresh(self.job)
        if self.job.taken <= self.job.seats + more <= 4 and self.job.seats + more >= 1:
            self.job.seats += more
            self.session.commit()

    @invariant()
    def seats_are_never_exceeded(self) -> None:
        """Whoever is offered or hired has a seat, and there are so many."""
        seats, taken = self.session.execute(
            text("SELECT seats, taken FROM job WHERE id = :id"), {"id": self.job.id}
        ).one()
        states = list(self.states().values())
        assert taken == sum(state in {S.OFFERED, S.HIRED} for state in states) <= seats

    @invariant()
    def who_works_is_who_is_hired(self) -> None:
        """Nobody else has shifts planned."""
        planned = set(
            self.session.scalars(
                select(Shift.person_id).where(Shift.state == ShiftState.PLANNED).distinct()
            )
        )
        hired = {n for n, state in self.states().items() if state is S.HIRED}
        assert planned <= {self.people[n].id for n in hired}

    @invariant()
    def the_waiting_list_keeps_its_order(self) -> None:
        """Whoever waited before is still before."""
        waiting = select(Application).where(Application.state == S.WAITING)
        now = [one.number for one in self.session.scalars(waiting.order_by(Application.rank))]
        stayed = [number for number in self.order if number in now]
        assert now[: len(stayed)] == stayed, "nobody is put before who waited already"
        self.order = now

    def teardown(self) -> None:
        """As if it had never been."""
        self.session.close()
        self.everything.rollback()
        self.connection.close()


def test_seats_states_and_the_queue_hold(engine: Engine) -> None:
    Hiring.engine = engine
    machine = type("Machine", (Hiring,), {})
    machine.TestCase.settings = settings(max_examples=RUNS, stateful_step_count=25, deadline=None)
    machine.TestCase().runTest()
