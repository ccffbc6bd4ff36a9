"""Whose turn it is: the rule, the reason, the seats, the money, and the waiting list."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service import later
from geo_service.accounts.models import Tongue
from geo_service.db.session import Sessions
from geo_service.hiring import tasks  # noqa: F401 (so that they are known)
from geo_service.hiring.letters import why
from geo_service.hiring.models import Application, ApplicationState, Draw, Reason, Stage
from geo_service.hiring.queries import waiting_before
from geo_service.hiring.workflow.choosing import accept, decline, hire, offer
from geo_service.hiring.workflow.deciding import ApplyTimeRuns, NothingToDecide, decide
from geo_service.hiring.workflow.standing import DecidedMeanwhile, NoSeatLeft, WorkIsOver
from geo_service.hiring.workflow.withdrawing import TooLateToWithdraw, withdraw
from geo_service.jobs.models import Job, JobState, Turn
from geo_service.jobs.schemas.offers import offer_of
from geo_service.jobs.workflow import close, edit, mark_done
from geo_service.later.running import run_due
from geo_service.offices.models import Office
from geo_service.programmes.workflow.balance import BudgetIsSpent
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.attending import confirm, mark_attended
from geo_service.shifts.workflow.planning import TooLongToPlan
from tests.factories import an_office
from tests.hiring import SOON, a_job_of, an_application, applications, states
from tests.jobs import AT, OFFICE
from tests.letters import letters_to
from tests.people import a_person, on_staff
from tests.programmes import a_programme

S = ApplicationState
OVER = AT + timedelta(days=4)
"""When the time to apply is over."""

Later = Callable[[datetime], int]


@pytest.fixture
def looks(session: Session, later_runs: Later) -> Later:
    """The worker that looks after applications every minute, come to a moment."""
    later.queue(session, "hiring.look", key="every:hiring.look")
    return later_runs


def subjects(session: Session, application: Application) -> list[str]:
    return [letter.subject for letter in letters_to(session, application.person.email or "")]


def paid_by(session: Session, **said: Any) -> tuple[Office, dict[str, Any]]:
    """An office with a programme, and what its job says of it: 18 hours, 216,000 won."""
    office = an_office(session, **OFFICE)
    programme = a_programme(session, office_id=office.id, **said)
    return office, {"programme_id": programme.id, "pay_won": 12_000, "office": office}


def test_first_come_first_served_when_the_time_is_over(session: Session, later_runs: Later) -> None:
    job = a_job_of(session, seats=2)
    first, _, third = applications(session, job, 3)
    later_runs(OVER - timedelta(seconds=1))
    assert states(session, job) == [S.SENT] * 3
    later_runs(OVER)
    assert states(session, job) == [S.HIRED, S.HIRED, S.WAITING]
    session.refresh(job)
    assert (job.taken, job.state) == (2, JobState.FILLED)
    assert subjects(session, first)[1] == "동네이음: 함께 일하게 되었어요"
    assert why(third, Tongue.KO) == (
        "먼저 신청한 순서로 정했어요. 순서는 3번째이고 자리는 2개예요."
    )
    assert session.scalar(waiting_before(third)) == 0


def test_whoever_worked_least_this_month_comes_first(session: Session) -> None:
    worked = a_person(session)
    other = a_job_of(session, shifts=[{"days": ["tue"], "starts": "14:00", "ends": "16:00"}])
    hire(session, an_application(session, other, worked), at=SOON)
    job = a_job_of(session, turn=Turn.FEWEST_HOURS)
    busy = an_application(session, job, worked)
    free, late = applications(session, job, 2)
    with pytest.raises(ApplyTimeRuns):
        decide(session, job, at=SOON)
    assert list(decide(session, job, at=OVER)) == [free, late, busy]
    assert (busy.minutes_before, free.minutes_before) == (240, 0)
    assert "이번 달에 4시간 일하셨어요." in why(busy, Tongue.KO)


def test_anybody_can_draw_the_lots_again(session: Session) -> None:
    job = a_job_of(session, seats=2, turn=Turn.LOTTERY)
    sent = applications(session, job, 6)
    draw = session.scalars(select(Draw).where(Draw.job_id == job.id)).one()
    promised = draw.commitment
    assert (draw.numbers, draw.drawn_at) == ([], None)
    withdraw(session, sent[3], at=SOON)
    decide(session, job, at=OVER)
    session.refresh(draw)
    assert sha256(draw.seed.encode()).hexdigest() == promised
    assert draw.numbers == [1, 2, 3, 5, 6]
    lots = {number: sha256(f"{draw.seed}:{number}".encode()).hexdigest() for number in draw.numbers}
    assert draw.result == sorted(lots, key=lambda number: lots[number])
    won = {one.number for one in sent if one.state is S.HIRED}
    assert won == set(draw.result[:2])


def test_a_job_that_cannot_be_decided_keeps_no_other_from_being(
    session: Session, sessions: Sessions
) -> None:
    endless, job = a_job_of(session), a_job_of(session)
    sent = [an_application(session, one) for one in (endless, job)]
    endless.works_until = date(2027, 3, 31)
    endless.open_week = [Range(hour * 60, hour * 60 + 40) for hour in range(0, 168, 4)]
    session.commit()
    assert run_due(sessions, OVER) >= 1
    assert [states(session, one) for one in (endless, job)] == [[S.SENT], [S.HIRED]]
    with pytest.raises(TooLongToPlan):
        hire(session, sent[0], at=OVER)


def test_there_must_be_somebody_to_decide_about(session: Session) -> None:
    with pytest.raises(NothingToDecide):
        decide(session, a_job_of(session), at=OVER)


def test_nothing_is_decided_when_the_work_is_over(session: Session) -> None:
    job = a_job_of(session)
    application = an_application(session, job)
    with pytest.raises(WorkIsOver):
        decide(session, job, at=AT + timedelta(days=60))
    with pytest.raises(WorkIsOver):
        offer(session, application, at=AT + timedelta(days=60))


def test_the_last_seat_is_nobody_elses(session: Session) -> None:
    job = a_job_of(session)
    first, second = applications(session, job, 2)
    hire(session, first, at=SOON)
    with pytest.raises(NoSeatLeft):
        hire(session, second, at=SOON)
    with pytest.raises(NoSeatLeft):
        offer(session, second, at=SOON)
    with pytest.raises(DecidedMeanwhile):
        hire(session, first, at=SOON)


def test_hiring_plans_the_shifts_and_reminds_of_each(session: Session, later_runs: Later) -> None:
    job = a_job_of(session)
    application = an_application(session, job)
    shifts = hire(session, application, at=SOON)
    assert [shift.work_on.day for shift in shifts] == [7, 9, 11, 14, 16, 18]
    for day in range(6, 19):
        later_runs(AT.replace(day=day, hour=18))
    assert subjects(session, application)[2:] == ["동네이음: 내일 일하는 날이에요"] * 6


def test_stages_follow_from_the_shifts(session: Session) -> None:
    officer = a_person(session)
    application = an_application(session, a_job_of(session))
    shifts = hire(session, application, at=SOON)
    seen = []
    for shift in shifts:
        assert shift.during is not None
        at = shift.during.upper or AT
        mark_attended(session, shift, at=at)
        session.refresh(application)
        seen.append(application.stage)
        confirm(session, shift, minutes=shift.minutes, by_id=officer.id, at=at)
    session.refresh(application)
    assert set(seen) == {Stage.ATTENDED}
    assert application.stage is Stage.CONFIRMED
    found = select(Application.id).where(Application.stage == Stage.CONFIRMED)
    assert session.scalars(found).all() == [application.id]
    with pytest.raises(TooLateToWithdraw):
        withdraw(session, application, at=SOON)
    with pytest.raises(DecidedMeanwhile):
        decline(session, application, words="늦었어요.", by_id=officer.id, at=SOON)


def test_the_budget_ends_the_hiring_and_not_the_hope(session: Session) -> None:
    office, paid = paid_by(session, budget_won=2 * 216_000)
    job = a_job_of(session, seats=3, **paid)
    applications(session, job, 3)
    decide(session, job, at=SOON)
    session.commit()
    assert states(session, job) == [S.HIRED, S.HIRED, S.WAITING]
    last = session.scalars(select(Application).where(Application.rank == 3)).one()
    assert (last.reason, office.name in why(last, Tongue.KO)) == (Reason.BUDGET, False)
    with pytest.raises(BudgetIsSpent):
        hire(session, last, at=SOON)
    session.refresh(job)
    assert (job.taken, states(session, job)[2]) == (2, S.WAITING)


def test_who_may_work_no_more_hours_lets_the_next_one_in(session: Session) -> None:
    office, paid = paid_by(session, minutes_in_all=20 * 60)
    worked = a_person(session)
    evenings = {"shifts": [{"days": ["tue"], "starts": "17:00", "ends": "19:00"}]}
    hire(session, an_application(session, a_job_of(session, **paid, **evenings), worked), at=SOON)
    job = a_job_of(session, **paid)
    spent = an_application(session, job, worked)
    an_application(session, job)
    decide(session, job, at=SOON)
    session.commit()
    assert states(session, job) == [S.DECLINED, S.HIRED]
    assert (spent.reason, office.id) == (Reason.HOURS, job.office_id)
    assert subjects(session, spent)[-1] == "동네이음: 이번에는 함께하지 못하게 되었어요"


def test_nobody_is_hired_twice_for_the_same_hour(session: Session) -> None:
    person = a_person(session)
    hire(session, an_application(session, a_job_of(session), person), at=SOON)
    job = a_job_of(session)
    elsewhere = an_application(session, job, person)
    decide(session, job, at=SOON)
    assert (elsewhere.state, elsewhere.reason) == (S.DECLINED, Reason.ELSEWHERE)


def test_a_seat_that_comes_free_is_offered_to_the_next_in_line(
    session: Session, later_runs: Later
) -> None:
    job = a_job_of(session)
    first, second, third = applications(session, job, 3)
    decide(session, job, at=SOON)
    withdraw(session, first, at=SOON)
    session.commit()
    assert states(session, job) == [S.WITHDRAWN, S.OFFERED, S.WAITING]
    session.refresh(job)
    assert (job.taken, job.state) == (1, JobState.FILLED), "the seat is kept"
    assert subjects(session, second)[-1] == "동네이음: 자리가 났어요. 답해 주세요"
    later_runs(SOON + timedelta(hours=24))
    assert states(session, job) == [S.WITHDRAWN, S.DECLINED, S.OFFERED]
    assert (second.reason, third.offered_until) == (
        Reason.EXPIRED,
        SOON + timedelta(hours=48),
    )
    assert len(accept(session, third, at=SOON + timedelta(hours=30))) == 6
    session.commit()
    later_runs(SOON + timedelta(hours=50))
    assert states(session, job)[2] is S.HIRED


def test_an_offer_ends_in_time(session: Session) -> None:
    application = an_application(session, a_job_of(session))
    offer(session, application, at=SOON)
    with pytest.raises(DecidedMeanwhile):
        accept(session, application, at=SOON + timedelta(hours=24))
    withdraw(session, application, at=SOON)
    with pytest.raises(DecidedMeanwhile):
        accept(session, application, at=SOON)


def test_who_withdraws_gives_the_hours_back(session: Session) -> None:
    application = an_application(session, a_job_of(session))
    hire(session, application, at=SOON)
    withdraw(session, application, at=SOON)
    session.commit()
    left = session.scalars(select(Shift.state).where(Shift.job_id == application.job_id))
    assert set(left) == {ShiftState.CANCELLED}


@pytest.mark.parametrize(
    ("said", "too_late"),
    [
        ({}, AT.replace(day=7, hour=10)),
        ({"withdraw_until": AT.replace(day=5)}, AT.replace(day=5)),
    ],
)
def test_nobody_who_is_hired_withdraws_too_late(
    session: Session, said: dict[str, Any], too_late: datetime
) -> None:
    application = an_application(session, a_job_of(session, **said))
    hire(session, application, at=SOON)
    with pytest.raises(TooLateToWithdraw):
        withdraw(session, application, at=too_late)
    withdraw(session, application, at=too_late - timedelta(seconds=1))
    assert application.state is S.WITHDRAWN


def test_an_office_says_no_in_words(session: Session) -> None:
    job = a_job_of(session)
    first, second = applications(session, job, 2)
    officer = on_staff(session, job.office_id)
    decide(session, job, at=SOON)
    decline(session, first, words="행사가 취소되었어요.", by_id=officer.id, at=SOON)
    session.commit()
    assert why(first, Tongue.EN) == "행사가 취소되었어요."
    assert (first.decided_by_id, second.state) == (officer.id, S.OFFERED)


def test_a_job_closed_early_is_told_once_and_left_to_the_office(
    session: Session, looks: Later
) -> None:
    job = a_job_of(session)
    application = an_application(session, job)
    close(session, job, at=SOON)
    session.commit()
    looks(SOON + timedelta(seconds=29))
    assert len(subjects(session, application)) == 1
    for minute in range(1, 4):
        looks(SOON + timedelta(minutes=minute))
    assert subjects(session, application)[1:] == ["동네이음: 모집이 마감되었어요"]
    assert states(session, job) == [S.SENT]
    decide(session, job, at=SOON)
    assert application.state is S.HIRED


def test_the_last_hire_by_hand_puts_everybody_else_on_the_list(
    session: Session, looks: Later
) -> None:
    job = a_job_of(session)
    _, second = applications(session, job, 2)
    hire(session, second, at=SOON)
    job.closed_at = SOON  # as the database notes by its own clock
    looks(SOON + timedelta(minutes=1))
    assert states(session, job) == [S.WAITING, S.HIRED]


def test_what_is_open_ends_with_the_job(session: Session, looks: Later) -> None:
    job = a_job_of(session)
    first, second = applications(session, job, 2)
    decide(session, job, at=SOON)
    job.closed_at = SOON  # as the database notes by its own clock
    session.commit()
    looks(AT.replace(day=18, hour=12))
    assert states(session, job) == [S.HIRED, S.WAITING], "the day is not over"
    mark_done(session, job, at=AT.replace(day=18, hour=14))
    session.commit()
    looks(AT.replace(day=18, hour=14))
    assert states(session, job) == [S.HIRED, S.DECLINED]
    assert (second.reason, first.state) == (Reason.CLOSED, S.HIRED)


def test_more_seats_are_offered_to_who_waits(session: Session, looks: Later) -> None:
    job = a_job_of(session)
    applications(session, job, 3)
    decide(session, job, at=SOON)
    said = offer_of(job).model_copy(update={"seats": 2})
    edit(session, job, said, at=SOON)
    session.commit()
    looks(SOON + timedelta(minutes=1))
    assert states(session, job) == [S.HIRED, S.OFFERED, S.WAITING]


def test_a_changed_job_is_told_to_who_applied(session: Session, looks: Later) -> None:
    job = a_job_of(session)
    application = an_application(session, job)
    edit(session, job, offer_of(job).model_copy(update={"title": "경로당 청소"}), at=SOON)
    session.commit()
    looks(SOON)
    looks(SOON + timedelta(minutes=1))
    assert subjects(session, application)[1:] == ["동네이음: 일자리 내용이 바뀌었어요"]


def test_a_job_without_applications_is_left_alone(session: Session, looks: Later) -> None:
    job: Job = a_job_of(session)
    looks(OVER)
    session.refresh(job)
    assert job.state is JobState.PUBLISHED
