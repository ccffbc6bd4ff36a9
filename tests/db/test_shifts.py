"""Shifts follow from a job's hours, count against its programme, and are paid as confirmed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.jobs.models import PayUnit
from geo_service.programmes.models import Programme
from geo_service.programmes.workflow.balance import (
    BudgetIsSpent,
    HoursAreUsedUp,
    NotPaidThen,
)
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.queries import (
    confirmed_between,
    minutes_worked,
    shifts_of_job,
    shifts_of_person,
    shifts_on,
    the_shift,
)
from geo_service.shifts.workflow.attending import (
    NoShiftToday,
    NotYet,
    ShiftIsOver,
    WrongCode,
    attend_by_code,
    code_of,
    confirm,
    mark_absent,
    mark_attended,
    reopen,
)
from geo_service.shifts.workflow.planning import (
    WorksElsewhereThen,
    cancel_planned,
    pay_for,
    plan,
)
from tests.factories import an_office
from tests.people import a_person
from tests.plans import plan_of
from tests.programmes import MONDAY, a_programme
from tests.shifts import BEFORE, a_weekly_job, at, planned, weekly

SECRET = b"only for tests"


def left(session: Session, programme: Programme) -> int:
    session.refresh(programme)
    return programme.left_won


def test_a_job_of_two_weeks_makes_four_shifts(session: Session) -> None:
    shifts = planned(session, a_weekly_job(session), a_person(session).id)
    assert [shift.work_on for shift in shifts] == [
        MONDAY,
        MONDAY + timedelta(days=2),
        MONDAY + timedelta(days=7),
        MONDAY + timedelta(days=9),
    ]
    assert {(shift.minutes, shift.pay_won) for shift in shifts} == {(180, 36_000)}
    assert shifts[0].during is not None
    assert shifts[0].during.lower == at(MONDAY, 10)


def test_breaks_are_not_paid(session: Session) -> None:
    job = a_weekly_job(session, breaks_min=30)
    assert {shift.minutes for shift in planned(session, job, a_person(session).id)} == {150}


def test_closed_days_and_holidays_have_no_shift(session: Session) -> None:
    job = a_weekly_job(session, closed_days=[MONDAY.isoformat(), "holiday"])
    days = [shift.work_on for shift in planned(session, job, a_person(session).id)]
    assert MONDAY not in days
    assert len(days) == 3


def test_only_what_is_still_to_come_is_planned(session: Session) -> None:
    job, person = a_weekly_job(session), a_person(session)
    shifts = plan(session, job, person.id, at=at(MONDAY + timedelta(days=2), 13))
    assert len(shifts) == 2


def test_a_job_without_days_makes_no_shift_and_a_task_makes_one(session: Session) -> None:
    person = a_person(session)
    undated = a_weekly_job(session, works_from=None, works_until=None)
    assert planned(session, undated, person.id) == []
    task = a_weekly_job(
        session,
        open_week=None,
        pay_unit=PayUnit.TASK,
        pay_won=50_000,
        task_hours=Decimal("2.5"),
    )
    (shift,) = planned(session, task, person.id)
    assert (shift.minutes, shift.pay_won, shift.during) == (150, 50_000, None)


def test_pay_is_rounded_up_to_the_won(session: Session) -> None:
    assert pay_for(a_weekly_job(session, pay_won=10_030), 61) == 10_198


def test_planned_shifts_are_taken_out_of_the_programme_and_given_back(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    planned(session, job, person.id)
    assert left(session, programme) == 1_200_000 - 4 * 36_000
    assert cancel_planned(session, job.id, person.id) == 4
    assert left(session, programme) == 1_200_000


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"budget_won": 4 * 36_000 - 1}, BudgetIsSpent),
        ({"minutes_in_all": 719}, HoursAreUsedUp),
        ({"minutes_a_week": 359}, HoursAreUsedUp),
        ({"valid_until": MONDAY}, NotPaidThen),
    ],
)
def test_shifts_are_planned_all_or_none(
    session: Session, said: dict[str, Any], problem: type[Exception]
) -> None:
    programme, person = a_programme(session, **said), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    with pytest.raises(problem):
        plan(session, job, person.id, at=BEFORE)
    assert session.scalars(shifts_of_job(job.id)).all() == []
    assert left(session, programme) == programme.budget_won


def test_nobody_works_in_two_places_at_once(session: Session) -> None:
    person = a_person(session)
    planned(session, a_weekly_job(session), person.id)
    other = a_weekly_job(session, open_week=weekly({0: ["12:00-15:00"]}))
    with pytest.raises(WorksElsewhereThen):
        plan(session, other, person.id, at=BEFORE)
    cancel_planned(
        session,
        session.scalars(shifts_of_person(person.id, since=MONDAY)).all()[0].job_id,
        person.id,
    )
    assert plan(session, other, person.id, at=BEFORE)


def test_the_code_of_the_day_is_enough_to_attend(session: Session) -> None:
    job, person = a_weekly_job(session), a_person(session)
    planned(session, job, person.id)
    code = code_of(SECRET, job.id, MONDAY)
    shift = attend_by_code(
        session, SECRET, job.id, person.id, f" {code.lower()} ", at=at(MONDAY, 10)
    )
    assert (shift.state, shift.attended_at) == (ShiftState.ATTENDED, at(MONDAY, 10))
    with pytest.raises(NoShiftToday):
        attend_by_code(session, SECRET, job.id, person.id, code, at=at(MONDAY, 11))


def test_the_code_of_another_day_or_job_is_not(session: Session) -> None:
    job, person = a_weekly_job(session), a_person(session)
    planned(session, job, person.id)
    others = {
        code_of(SECRET, job.id, MONDAY + timedelta(days=1)),
        code_of(SECRET, a_weekly_job(session).id, MONDAY),
        code_of(b"another", job.id, MONDAY),
    }
    assert len(others) == 3
    for code in others | {"", "한글"}:
        with pytest.raises(WrongCode):
            attend_by_code(session, SECRET, job.id, person.id, code, at=at(MONDAY, 10))


def test_confirmed_minutes_are_paid_and_counted_instead_of_the_planned(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    first, *_ = planned(session, job, person.id)
    confirm(session, first, minutes=120, by_id=a_person(session).id, at=at(MONDAY, 14))
    assert (first.state, first.pay_won) == (ShiftState.CONFIRMED, 24_000)
    assert left(session, programme) == 1_200_000 - 3 * 36_000 - 24_000
    with pytest.raises(ShiftIsOver):
        confirm(session, first, minutes=180, by_id=person.id, at=at(MONDAY, 15))
    reopen(session, first)
    confirm(session, first, minutes=180, by_id=person.id, at=at(MONDAY, 15))
    assert left(session, programme) == 1_200_000 - 4 * 36_000


def test_more_minutes_than_the_cap_leaves_are_not_confirmed(session: Session) -> None:
    programme, person = a_programme(session, minutes_in_all=720), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    first, *_ = planned(session, job, person.id)
    with pytest.raises(HoursAreUsedUp):
        confirm(session, first, minutes=181, by_id=person.id, at=at(MONDAY, 14))
    session.refresh(first)
    assert (first.state, first.minutes) == (ShiftState.PLANNED, 180)


def test_whoever_did_not_come_is_not_paid_and_keeps_the_hours(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    first, *_ = planned(session, job, person.id)
    mark_absent(session, first, at=at(MONDAY, 14))
    assert left(session, programme) == 1_200_000 - 3 * 36_000
    mark_attended(session, first, at=at(MONDAY, 15))
    assert left(session, programme) == 1_200_000 - 4 * 36_000


@pytest.mark.parametrize("deed", [mark_attended, mark_absent])
def test_nobody_comes_or_stays_away_before_it_begins(session: Session, deed: Any) -> None:
    first, *_ = planned(session, a_weekly_job(session), a_person(session).id)
    with pytest.raises(NotYet):
        deed(session, first, at=at(MONDAY, 9, 59))
    with pytest.raises(NotYet):
        confirm(session, first, minutes=1, by_id=first.person_id, at=BEFORE)


def test_hours_are_summed_by_person(session: Session) -> None:
    first, second, idle = (a_person(session).id for _ in range(3))
    planned(session, a_weekly_job(session), first)
    shift, *_ = planned(session, a_weekly_job(session), second)
    mark_absent(session, shift, at=at(MONDAY, 14))
    month = date(2026, 11, 1), date(2026, 11, 30)
    found = dict(session.execute(minutes_worked({first, second, idle}, *month)).all())
    assert found == {first: 720, second: 540}


def test_an_office_sees_the_shifts_of_its_own_jobs_only(session: Session) -> None:
    there = an_office(session)
    job = a_weekly_job(session)
    shift, *_ = planned(session, job, a_person(session).id)
    here = job.office_id
    assert session.scalar(the_shift(shift.id, {here})) is shift
    assert session.scalar(the_shift(shift.id, {there.id})) is None
    assert session.scalars(shifts_on(MONDAY, {here})).all() == [shift]
    assert session.scalars(shifts_on(MONDAY, {there.id})).all() == []
    confirm(session, shift, minutes=60, by_id=shift.person_id, at=at(MONDAY, 14))
    assert session.scalars(confirmed_between(MONDAY, MONDAY, {here})).all() == [shift]
    assert session.scalars(confirmed_between(MONDAY, MONDAY, {there.id})).all() == []


def test_every_question_has_its_index(session: Session) -> None:
    shift, *_ = planned(session, a_weekly_job(session), a_person(session).id)
    assert "shift_job_id_idx" in plan_of(session, shifts_of_job(shift.job_id))
    assert "shift_person_id_idx" in plan_of(
        session, shifts_of_person(shift.person_id, since=MONDAY)
    )
    assert "shift_person_id_idx" in plan_of(
        session, minutes_worked({shift.person_id}, MONDAY, MONDAY)
    )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'asleep'", "shift_state_check"),
        ("minutes = 1441", "shift_within_a_day_check"),
        ("pay_won = -1", "shift_paid_check"),
        ("during = 'empty'", "shift_lasting_check"),
        ("state = 'confirmed'", "shift_vouched_for_check"),
        ("during = '[2026-11-01,2026-12-01)'", "shift_one_place_excl"),
    ],
)
def test_a_shift_keeps_its_rules(session: Session, change: str, constraint: str) -> None:
    planned(session, a_weekly_job(session), a_person(session).id)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE shift SET {change}"))  # noqa: S608


def test_raw_sql_cannot_plan_over_the_budget_either(session: Session) -> None:
    programme = a_programme(session, budget_won=100)
    job = a_weekly_job(session, programme_id=programme.id)
    session.add(
        Shift(
            job_id=job.id,
            person_id=a_person(session).id,
            programme_id=programme.id,
            work_on=MONDAY,
            minutes=60,
            pay_won=101,
        )
    )
    with pytest.raises(IntegrityError, match="programme_within_budget_check"):
        session.flush()
