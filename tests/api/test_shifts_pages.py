"""The office's day and one's own shifts, as pages."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.programmes.models import Programme
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.attending import confirm
from geo_service.shifts.workflow.codes import code_of
from tests.letters import letters_to
from tests.people import a_person, come_in, on_staff
from tests.programmes import a_programme
from tests.shifts import a_shift_now


@pytest.fixture
def programme(session: Session) -> Programme:
    today = now().astimezone(KOREA).date()
    return a_programme(
        session,
        budget_won=80_000,
        valid_from=today - timedelta(days=2),
        valid_until=today + timedelta(days=2),
    )


@pytest.fixture
def worker(session: Session) -> Person:
    return a_person(session, name="김이음")


@pytest.fixture
def shift(session: Session, worker: Person, programme: Programme) -> Shift:
    return a_shift_now(session, worker.id, programme)


@pytest.fixture
def officer(app: FastAPI, session: Session, programme: Programme) -> Iterator[TestClient]:
    with come_in(app, session, on_staff(session, programme.office_id)) as client:
        yield client


@pytest.fixture
def me(app: FastAPI, session: Session, worker: Person) -> Iterator[TestClient]:
    with come_in(app, session, worker) as client:
        yield client


def state(session: Session, shift: Shift) -> ShiftState:
    session.refresh(shift)
    return shift.state


def day(shift: Shift) -> str:
    return f"/office/attendance?on={shift.work_on}"


def test_several_are_noted_at_once(officer: TestClient, session: Session, shift: Shift) -> None:
    other = a_shift_now(session, a_person(session).id, session.get(Programme, shift.programme_id))
    both = {"shift": [str(shift.id), str(other.id)]}
    assert officer.post(day(shift), data=both | {"deed": "came"}).status_code == 303
    assert {state(session, shift), state(session, other)} == {ShiftState.ATTENDED}
    minutes = {f"minutes-{shift.id}": "１５０분".removesuffix("분")}
    said = both | minutes | {"deed": "confirm"}
    answer = officer.post(day(shift), data=said)
    assert answer.headers["location"] == day(shift)
    assert {state(session, shift), state(session, other)} == {ShiftState.CONFIRMED}
    assert (shift.minutes, other.minutes) == (150, 180)


def test_who_cannot_be_noted_is_named_and_the_others_are_noted(
    officer: TestClient, session: Session, shift: Shift
) -> None:
    other = a_shift_now(session, a_person(session).id, session.get(Programme, shift.programme_id))
    said = {
        "shift": [str(shift.id), str(other.id)],
        f"minutes-{shift.id}": "400",
        "deed": "confirm",
    }
    page = officer.post(day(shift), data=said)
    assert "김이음</span>: 예산이 모자라요." in page.text
    assert "1명은 적었고" in page.text
    assert (state(session, shift), state(session, other)) == (
        ShiftState.PLANNED,
        ShiftState.CONFIRMED,
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"deed": "came"}, "한 사람 이상 골라 주세요."),
        ({"deed": "confirm", "shift": "mine", "minutes": "0"}, "1부터 1,440까지"),
        ({"deed": "confirm", "shift": "mine", "minutes": "세 시간"}, "1부터 1,440까지"),
    ],
)
def test_what_cannot_be_noted_is_told(
    officer: TestClient, session: Session, shift: Shift, said: dict[str, str], told: str
) -> None:
    sent = {"deed": said["deed"]}
    if "shift" in said:
        sent |= {"shift": str(shift.id), f"minutes-{shift.id}": said["minutes"]}
    page = officer.post(day(shift), data=sent)
    assert page.status_code == 422
    assert told in page.text
    assert state(session, shift) is ShiftState.PLANNED


def test_another_offices_people_are_not_noted(
    officer: TestClient, session: Session, shift: Shift
) -> None:
    strange = a_shift_now(session, a_person(session).id)
    said = {"shift": str(strange.id), "deed": "came"}
    assert officer.post(day(shift), data=said).status_code == 422
    assert state(session, strange) is ShiftState.PLANNED


def test_a_confirmation_is_taken_back(officer: TestClient, session: Session, shift: Shift) -> None:
    officer.post(day(shift), data={"shift": str(shift.id), "deed": "confirm"})
    door = f"/office/attendance/{shift.id}/reopening"
    assert "되돌리기" in officer.get(day(shift)).text
    assert officer.post(door).headers["location"] == day(shift)
    assert state(session, shift) is ShiftState.ATTENDED
    assert "이미 처리된 근무예요." in officer.post(door).text


def test_paper_has_everybody_and_the_code(app: FastAPI, officer: TestClient, shift: Shift) -> None:
    code = code_of(app.state.secret, shift.job_id, shift.work_on)
    paper = officer.get(f"/office/attendance/list?on={shift.work_on}").text
    assert "김이음" in paper
    assert shift.job.title in paper
    poster = officer.get(f"/office/attendance/code?on={shift.work_on}&job={shift.job_id}").text
    assert f"{code[:3]} {code[3:]}" in poster
    assert "김이음" not in poster


def test_an_empty_day_says_so(officer: TestClient) -> None:
    for door in ("", "/list", "/code"):
        page = officer.get(f"/office/attendance{door}?on=2026-01-01").text
        assert "이 날은 일하기로 한 사람이 없어요." in page


def test_i_see_what_comes_and_say_that_i_am_there(
    app: FastAPI, me: TestClient, session: Session, shift: Shift
) -> None:
    assert "3시간 일하고 36,000원을 받아요." in me.get("/my/shifts").text
    door = f"/my/shifts/{shift.id}/attendance"
    assert door in me.get("/my/shifts").text
    wrong = me.post(door, data={"code": "00 00"})
    assert (wrong.status_code, "오늘의 출석 번호가 아니에요." in wrong.text) == (422, True)
    code = code_of(app.state.secret, shift.job_id, shift.work_on)
    assert me.post(door, data={"code": f"{code[:3]} {code[3:]}"}).status_code == 303
    assert state(session, shift) is ShiftState.ATTENDED
    assert door not in me.get("/my/shifts").text


def test_a_shift_that_goes_on_past_midnight_still_takes_its_code(
    me: TestClient, session: Session, shift: Shift
) -> None:
    shift.work_on = now().astimezone(KOREA).date() - timedelta(days=1)
    session.commit()
    assert f"/my/shifts/{shift.id}/attendance" in me.get("/my/shifts").text
    assert shift.job.title in me.get("/my").text


def test_numbers_are_not_tried_out(me: TestClient, shift: Shift) -> None:
    door = f"/my/shifts/{shift.id}/attendance"
    tries = [me.post(door, data={"code": "abc"}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]


def test_what_was_paid_is_told_by_month(me: TestClient, session: Session, shift: Shift) -> None:
    confirm(session, shift, minutes=150, by_id=shift.person_id, at=now())
    session.commit()
    page = me.get("/my/shifts").text
    assert re.search(r"<dd>30,000원 <small>2시간 30분</small>", page)
    assert "앞으로 할 근무가 없어요." in page


def test_a_shift_goes_into_a_calendar(me: TestClient, shift: Shift) -> None:
    answer = me.get(f"/my/shifts/{shift.id}/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert shift.during is not None
    assert event["DTSTART"].dt == shift.during.lower.replace(microsecond=0)
    assert event["SUMMARY"] == shift.job.title


def test_pay_is_told_once_in_the_evening(
    session: Session, later_runs: Callable[[datetime], int], shift: Shift, worker: Person
) -> None:
    today = now().astimezone(KOREA).replace(hour=9, minute=0, second=0, microsecond=0)
    morning = today - timedelta(days=1)
    shift.during, shift.work_on = None, morning.date()
    session.commit()
    confirm(session, shift, minutes=150, by_id=worker.id, at=morning)
    assert later_runs(morning + timedelta(hours=8, minutes=59)) == 0
    later_runs(morning + timedelta(hours=9))
    assert worker.email
    (letter,) = letters_to(session, worker.email)
    assert "30,000원" in letter.subject
    assert "2시간 30분" in letter.text
    assert later_runs(morning + timedelta(days=2)) == 0
