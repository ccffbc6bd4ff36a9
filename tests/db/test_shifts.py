"""Shifts follow from a job's hours, count against its programme, and are paid as confirmed."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.jobs.models import PayUnit
from geo_service.programmes.models import Programme
from geo_service.programmes.schemas.terms import Terms
from geo_service.programmes.workflow.balance import (
    BudgetIsSpent,
    HoursAreUsedUp,
    NotPaidThen,
    balance_of,
)
from geo_service.programmes.workflow.setting_up import change, close
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.queries import (
    confirmed_between,
    minutes_worked,
    shifts_of_person,
    shifts_on,
    the_shift,
)
from geo_service.shifts.workflow.attending import (
    NotYet,
    ShiftIsOver,
    confirm,
    mark_absent,
    mark_attended,
    reopen,
)
from geo_service.shifts.workflow.planning import (
    TooLongToPlan,
    WorksElsewhereThen,
    cancel_planned,
    pay_for,
    plan,
)
from tests.factories import an_office
from tests.people import a_person
from tests.plans import plan_of
from tests.programmes import MONDAY, a_programme
from tests.shifts import BEFORE, a_weekly_job, at, planned, shifts_of_job, weekly


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
    assert pay_for(a_weekly_job(session, pay_won=10_330), 61, MONDAY) == 10_503


@pytest.mark.parametrize(
    ("said", "minutes", "won"),
    [
        ({"pay_won": 9_000}, 60, 10_320),
        ({"pay_won": 25_800, "pay_unit": PayUnit.TASK, "task_hours": 2.5}, 120, 25_800),
        ({"pay_won": 25_800, "pay_unit": PayUnit.TASK, "task_hours": 2.5}, 181, 31_132),
    ],
)
def test_nobody_gets_less_than_the_minimum_wage_however_long_it_took(
    session: Session, said: dict[str, Any], minutes: int, won: int
) -> None:
    assert pay_for(a_weekly_job(session, **said), minutes, MONDAY) == won


def test_more_shifts_than_can_be_planned_are_refused_and_not_cut_off(session: Session) -> None:
    daily = weekly({day: ["10:00-11:00"] for day in range(7)})
    job = a_weekly_job(session, open_week=daily, works_until=MONDAY + timedelta(days=400))
    with pytest.raises(TooLongToPlan):
        plan(session, job, a_person(session).id, at=BEFORE)


def test_a_night_belongs_to_its_evening_in_week_and_month(session: Session) -> None:
    evening = date(2026, 11, 30)
    night = a_weekly_job(
        session, works_from=evening, works_until=evening, open_week=weekly({0: ["22:00-02:00"]})
    )
    (shift,) = planned(session, night, a_person(session).id)
    assert (shift.work_on, shift.minutes) == (evening, 240)
    assert shift.during is not None
    assert shift.during.upper == at(date(2026, 12, 1), 2)


def test_planned_shifts_are_taken_out_of_the_programme_and_given_back(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    planned(session, job, person.id)
    assert left(session, programme) == 1_200_000 - 4 * 36_000
    assert cancel_planned(session, job.id, person.id, at=BEFORE) == 4
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
    assert shifts_of_job(session, job.id) == []
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
        at=BEFORE,
    )
    assert plan(session, other, person.id, at=BEFORE)


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


def test_hours_given_to_somebody_else_are_not_had_back(session: Session) -> None:
    programme, person = a_programme(session, budget_won=4 * 36_000), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    first, *_ = planned(session, job, person.id)
    mark_absent(session, first, at=at(MONDAY, 14))
    once = {"works_until": MONDAY, "open_week": weekly({0: ["15:00-18:00"]})}
    other = a_weekly_job(session, programme_id=programme.id, **once)
    planned(session, other, person.id)
    with pytest.raises(BudgetIsSpent):
        mark_attended(session, first, at=at(MONDAY, 15))
    cancel_planned(session, other.id, person.id, at=BEFORE)
    planned(session, a_weekly_job(session, **once | {"open_week": job.open_week}), person.id)
    with pytest.raises(WorksElsewhereThen):
        mark_attended(session, first, at=at(MONDAY, 15))


def test_what_is_promised_stays_when_the_programme_closes_or_ends_sooner(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    first, second, *_ = planned(session, job, person.id)
    end_sooner(session, programme, MONDAY - timedelta(days=1))
    mark_absent(session, first, at=at(MONDAY, 11))
    mark_attended(session, first, at=at(MONDAY, 12))
    close(session, programme, at=at(MONDAY, 13))
    confirm(session, first, minutes=200, by_id=person.id, at=at(MONDAY, 14))
    mark_attended(session, second, at=at(second.work_on, 14))
    with pytest.raises(NotPaidThen):
        planned(session, job, a_person(session).id)


def end_sooner(session: Session, programme: Programme, day: date) -> None:
    terms = {field.name: getattr(programme, field.name) for field in fields(Terms)} | {
        "valid_until": day
    }
    change(session, programme, Terms(**terms))


def test_what_was_confirmed_is_told_apart_from_what_is_planned(session: Session) -> None:
    programme, person = a_programme(session), a_person(session)
    job = a_weekly_job(session, programme_id=programme.id)
    first, *_ = planned(session, job, person.id)
    confirm(session, first, minutes=120, by_id=person.id, at=at(MONDAY, 14))
    session.refresh(programme)
    assert (programme.paid_won, programme.planned_won) == (24_000, 3 * 36_000)
    of_week = balance_of(session, programme, person.id, MONDAY)[-1]
    assert (of_week.minutes, of_week.worked_minutes) == (300, 120)
    reopen(session, first)
    session.refresh(programme)
    assert (programme.paid_won, programme.planned_won) == (0, 24_000 + 3 * 36_000)
    assert balance_of(session, programme, person.id, MONDAY)[0].worked_minutes == 0


def test_what_has_begun_is_not_cancelled_unseen(session: Session) -> None:
    job, person = a_weekly_job(session), a_person(session)
    first, *_ = planned(session, job, person.id)
    assert cancel_planned(session, job.id, person.id, at=at(MONDAY, 10)) == 3
    assert first.state is ShiftState.PLANNED
    task = a_weekly_job(
        session, open_week=None, pay_unit=PayUnit.TASK, pay_won=50_000, task_hours=Decimal(2)
    )
    planned(session, task, person.id)
    tomorrow = MONDAY + timedelta(days=1)
    assert cancel_planned(session, task.id, person.id, at=at(tomorrow, 0)) == 0
    assert cancel_planned(session, task.id, person.id, at=at(MONDAY, 23)) == 1


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
