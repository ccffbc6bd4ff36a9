"""The code that hangs at the place is enough to attend, there and then only."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.jobs.models import PayUnit
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.attending import NotYet, ShiftIsOver, mark_absent
from geo_service.shifts.workflow.codes import (
    AttendanceIsOver,
    WrongCode,
    attend_by_code,
    code_of,
)
from tests.people import a_person
from tests.programmes import MONDAY
from tests.shifts import a_weekly_job, at, planned, weekly

SECRET = Secret(b"only for the tests of attendance")


@pytest.fixture
def shift(session: Session) -> Shift:
    return planned(session, a_weekly_job(session), a_person(session).id)[0]


def code(shift: Shift) -> str:
    return code_of(SECRET, shift.job_id, shift.work_on)


@pytest.mark.parametrize("look", ["{}", " {} ", "{:.3} {:.0}"])
def test_the_code_of_the_day_is_enough_to_attend(session: Session, shift: Shift, look: str) -> None:
    said = code(shift)
    typed = f"{said[:3]} {said[3:]}" if ":" in look else look.format(said)
    attend_by_code(session, SECRET, shift, typed, at=at(MONDAY, 10))
    assert (shift.state, shift.attended_at) == (ShiftState.ATTENDED, at(MONDAY, 10))
    attend_by_code(session, SECRET, shift, typed, at=at(MONDAY, 11))
    assert shift.attended_at == at(MONDAY, 10)


def test_a_code_is_six_digits_in_whatever_width_they_are_typed(
    session: Session, shift: Shift
) -> None:
    said = code(shift)
    assert len(said) == 6
    assert said.isdecimal()
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in said)
    attend_by_code(session, SECRET, shift, wide, at=at(MONDAY, 10))
    assert shift.state is ShiftState.ATTENDED


def test_the_code_of_another_day_or_job_or_service_is_not(session: Session, shift: Shift) -> None:
    others = {
        code_of(SECRET, shift.job_id, MONDAY + timedelta(days=1)),
        code_of(SECRET, a_weekly_job(session).id, MONDAY),
        code_of(Secret(b"another secret of thirty-two byte"), shift.job_id, MONDAY),
    }
    assert len(others) == 3
    for typed in others | {"", "한글"}:
        with pytest.raises(WrongCode):
            attend_by_code(session, SECRET, shift, typed, at=at(MONDAY, 10))
    assert shift.state is ShiftState.PLANNED


@pytest.mark.parametrize(
    ("moment", "problem"),
    [
        (at(MONDAY, 8, 59), NotYet),
        (at(MONDAY, 14), AttendanceIsOver),
        (at(MONDAY + timedelta(days=1), 10), AttendanceIsOver),
    ],
)
def test_it_is_taken_from_an_hour_before_until_an_hour_after(
    session: Session, shift: Shift, moment: datetime, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        attend_by_code(session, SECRET, shift, code(shift), at=moment)
    attend_by_code(session, SECRET, shift, code(shift), at=at(MONDAY, 13, 59))
    assert shift.state is ShiftState.ATTENDED


def test_a_night_is_attended_after_midnight_too(session: Session) -> None:
    night = a_weekly_job(
        session, works_until=MONDAY, open_week=weekly({0: ["22:00-02:00"]}), works_from=MONDAY
    )
    (shift,) = planned(session, night, a_person(session).id)
    attend_by_code(session, SECRET, shift, code(shift), at=at(MONDAY + timedelta(days=1), 1))
    assert shift.state is ShiftState.ATTENDED


def test_a_task_without_hours_is_attended_all_day(session: Session) -> None:
    said = {"pay_unit": PayUnit.TASK, "pay_won": 50_000, "task_hours": Decimal(2)}
    (shift,) = planned(session, a_weekly_job(session, open_week=None, **said), a_person(session).id)
    day = date(2026, 11, 2)
    with pytest.raises(NotYet):
        attend_by_code(session, SECRET, shift, code(shift), at=at(day, 0) - timedelta(minutes=1))
    attend_by_code(session, SECRET, shift, code(shift), at=at(day, 23))
    assert shift.state is ShiftState.ATTENDED


def test_what_the_office_has_settled_stays(session: Session, shift: Shift) -> None:
    mark_absent(session, shift, at=at(MONDAY, 11))
    with pytest.raises(ShiftIsOver):
        attend_by_code(session, SECRET, shift, code(shift), at=at(MONDAY, 12))
