"""Many who plan, note and cancel at once wait for each other, and never for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.db.session import Sessions
from geo_service.errors import Conflict
from geo_service.jobs.models import Job
from geo_service.programmes.models import Programme
from geo_service.shifts.models import Shift
from geo_service.shifts.workflow.attending import confirm, mark_absent, mark_attended, reopen
from geo_service.shifts.workflow.holding import hold
from geo_service.shifts.workflow.planning import cancel_planned, plan
from tests.people import a_person
from tests.programmes import MONDAY, a_programme
from tests.shifts import BEFORE, a_weekly_job, at, shifts_of_job

PEOPLE, DEEDS, AT_ONCE = 6, 120, 8


def test_nobody_waits_for_ever_and_the_balance_is_the_sum_of_its_shifts(
    open_house: Sessions,
) -> None:
    with open_house() as session:
        programme = a_programme(session, budget_won=1_500_000, minutes_a_week=700)
        jobs = [a_weekly_job(session, programme_id=programme.id) for _ in range(3)]
        people = [a_person(session).id for _ in range(PEOPLE)]
    chance = Random(3)
    deeds = [
        (chance.choice(DEEDS_OF), chance.choice(jobs), chance.sample(people, 3))
        for _ in range(DEEDS)
    ]

    def do(deed: tuple[Callable[[Session, Job, list[UUID]], None], Job, list[UUID]]) -> str:
        with open_house() as session:
            try:
                deed[0](session, session.merge(deed[1], load=False), deed[2])
            except Conflict as refused:
                session.rollback()
                return refused.type()
            session.commit()
            return "done"

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        results = list(crowd.map(do, deeds))
    assert results.count("done") > DEEDS / 5
    with open_house() as session:
        after = session.get_one(Programme, programme.id)
        counted = [
            shift for job in jobs for shift in shifts_of_job(session, job.id) if shift.state.counts
        ]
        assert after.taken_won == sum(shift.pay_won for shift in counted)
        used = session.scalars(text("SELECT minutes FROM programme_use WHERE period = 'all'"))
        assert sum(used) == sum(shift.minutes for shift in counted)


def hire(session: Session, job: Job, people: list[UUID]) -> None:
    for person_id in people:
        plan(session, job, person_id, at=BEFORE)


def withdraw(session: Session, job: Job, people: list[UUID]) -> None:
    for person_id in people:
        cancel_planned(session, job.id, person_id, at=BEFORE)


def _noted(session: Session, job: Job) -> list[Shift]:
    """Some of the job's shifts, held all at once, as on the list of a day."""
    ids = {shift.id for shift in shifts_of_job(session, job.id)[:5]}
    return list(hold(session, ids))


def vouch(session: Session, job: Job, people: list[UUID]) -> None:
    for shift in _noted(session, job):
        confirm(session, shift, minutes=60, by_id=people[0], at=at(MONDAY, 23))


def correct(session: Session, job: Job, _people: list[UUID]) -> None:
    for shift in _noted(session, job):
        reopen(session, shift)
        mark_absent(session, shift, at=at(MONDAY, 23))
        mark_attended(session, shift, at=at(MONDAY, 23))


DEEDS_OF = (hire, withdraw, vouch, correct)
