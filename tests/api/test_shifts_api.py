"""Programs note who came, and people say that they are there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow import Secret
from geo_service.clock import KOREA, now
from geo_service.my.queries.front import front_of
from geo_service.programmes.models import Programme
from geo_service.shifts.models import Shift
from geo_service.shifts.workflow.codes import code_of
from tests.people import a_person, come_in, on_staff
from tests.programmes import MONDAY, a_programme
from tests.shifts import a_shift_now, a_weekly_job, planned


@pytest.fixture
def worker(session: Session) -> Person:
    return a_person(session, name="김이음")


@pytest.fixture
def shift(session: Session, worker: Person) -> Shift:
    """One that has begun an hour ago and is paid by a programme."""
    today = now().astimezone(KOREA).date()
    programme = a_programme(
        session, valid_from=today - timedelta(days=2), valid_until=today + timedelta(days=2)
    )
    return a_shift_now(session, worker.id, programme)


@pytest.fixture
def officer(app: FastAPI, session: Session, shift: Shift) -> Iterator[TestClient]:
    with come_in(app, session, on_staff(session, shift.job.office_id)) as client:
        yield client


@pytest.fixture
def me(app: FastAPI, session: Session, worker: Person) -> Iterator[TestClient]:
    with come_in(app, session, worker) as client:
        yield client


def test_the_day_is_told_job_by_job(officer: TestClient, session: Session, shift: Shift) -> None:
    asked = {"on": str(shift.work_on)}
    (told,) = officer.get("/api/v1/shifts", params=asked).json()
    assert (told["name"], told["state"], told["minutes"]) == ("김이음", "planned", 180)
    assert datetime.fromisoformat(told["starts_at"]) == shift.during.lower
    other = a_weekly_job(session, office_id=shift.job.office_id)
    planned(session, other, a_person(session).id)
    assert officer.get("/api/v1/shifts", params={"on": str(MONDAY), "job": str(other.id)}).json()
    assert not officer.get("/api/v1/shifts", params=asked | {"job": str(other.id)}).json()


def test_somebody_came_and_is_paid_for_the_minutes_that_the_office_vouches_for(
    officer: TestClient, session: Session, shift: Shift
) -> None:
    door = f"/api/v1/shifts/{shift.id}"
    assert officer.put(f"{door}/attendance").json()["state"] == "attended"
    paid = officer.put(f"{door}/confirmation", json={"minutes": 150}).json()
    assert (paid["state"], paid["minutes"], paid["pay_won"]) == ("confirmed", 150, 30_000)
    programme = session.get_one(Programme, shift.programme_id)
    session.refresh(programme)
    assert programme.paid_won == 30_000
    assert officer.put(f"{door}/confirmation", json={}).status_code == 409
    assert officer.post(f"{door}/reopening").json()["state"] == "attended"
    assert officer.put(f"{door}/confirmation", json={}).json()["minutes"] == 150


def test_somebody_did_not_come_and_that_was_a_mistake(officer: TestClient, shift: Shift) -> None:
    door = f"/api/v1/shifts/{shift.id}"
    assert officer.put(f"{door}/absence").json()["state"] == "absent"
    assert officer.put(f"{door}/confirmation", json={}).status_code == 409
    assert officer.put(f"{door}/attendance").json()["state"] == "attended"


@pytest.mark.parametrize("minutes", [0, 1441, -5])
def test_minutes_fit_into_a_day(officer: TestClient, shift: Shift, minutes: int) -> None:
    door = f"/api/v1/shifts/{shift.id}/confirmation"
    assert officer.put(door, json={"minutes": minutes}).status_code == 422


@pytest.mark.parametrize(("ended", "here"), [(-120, True), (30, True), (90, False)])
def test_last_nights_shift_is_mine_until_its_code_is_taken_no_more(  # noqa: PLR0913, PLR0917
    me: TestClient, session: Session, worker: Person, shift: Shift, ended: int, here: bool
) -> None:
    shift.work_on = now().astimezone(KOREA).date() - timedelta(days=1)
    end = now() - timedelta(minutes=ended)
    shift.during = Range(end - timedelta(hours=3), end)
    session.commit()
    listed = [each["id"] for each in me.get("/api/v1/my/shifts").json()]
    front = [str(each.id) for each in front_of(session, worker, at=now()).shifts]
    assert listed == front == [str(shift.id)] * here


def test_i_see_my_shifts_and_say_that_i_am_there(
    app: FastAPI, me: TestClient, shift: Shift
) -> None:
    secret: Secret = app.state.secret
    told = me.get("/api/v1/my/shifts", params={"since": str(shift.work_on)}).json()
    assert [each["id"] for each in told] == [str(shift.id)]
    door = f"/api/v1/my/shifts/{shift.id}"
    assert me.get(door).json()["pay_won"] == 36_000
    code = code_of(secret, shift.job_id, shift.work_on)
    wrong = me.post(f"{door}/attendance", json={"code": "0" if code[0] == "1" else "1"})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/wrong-code")
    assert me.post(f"{door}/attendance", json={"code": code}).json()["state"] == "attended"


def test_codes_are_not_tried_out(me: TestClient, shift: Shift) -> None:
    door = f"/api/v1/my/shifts/{shift.id}/attendance"
    tries = [me.post(door, json={"code": "abc"}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]
