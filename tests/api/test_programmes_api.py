"""Programs of an office keep its programmes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.offices.models import Role, Staff
from geo_service.programmes.models import Programme
from tests.factories import an_office
from tests.people import a_person, come_in, on_staff
from tests.programmes import MONDAY, a_programme
from tests.shifts import a_weekly_job, planned

TERMS = {
    "name": "광산시민수당",
    "hourly_won": 12_000,
    "budget_won": 1_200_000,
    "valid_from": "2026-09-01",
    "valid_until": "2026-12-31",
    "minutes_in_all": 6_000,
    "minutes_a_month": None,
    "minutes_a_week": 900,
}


@pytest.fixture
def programme(session: Session) -> Programme:
    return a_programme(session, minutes_in_all=6_000)


@pytest.fixture
def officer(app: FastAPI, session: Session, programme: Programme) -> Iterator[TestClient]:
    with come_in(app, session, on_staff(session, programme.office_id)) as client:
        yield client


def test_a_programme_is_set_up_once_however_often_it_is_sent(officer: TestClient) -> None:
    key = {"Idempotency-Key": "programme-of-autumn"}
    first = officer.post("/api/v1/programmes", json=TERMS, headers=key)
    again = officer.post("/api/v1/programmes", json=TERMS, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    told = officer.get(first.headers["location"]).json()
    assert {name: told[name] for name in TERMS} == TERMS
    assert (told["planned_won"], told["paid_won"], told["left_won"]) == (0, 0, 1_200_000)
    assert len(officer.get("/api/v1/programmes").json()) == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"hourly_won": 10_319}, "hourly_won"),
        ({"valid_until": "2026-08-31"}, "valid_until"),
        ({"minutes_a_week": 0}, "minutes_a_week"),
        ({"name": "\x00"}, "name"),
        ({"budget_won": 10**13}, "budget_won"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    officer: TestClient, said: dict[str, Any], field: str
) -> None:
    refused = officer.post("/api/v1/programmes", json=TERMS | said)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_who_works_in_two_offices_says_for_which(
    app: FastAPI, session: Session, programme: Programme
) -> None:
    person = on_staff(session, programme.office_id)
    other = an_office(session)
    on_staff_too(session, person.id, other.id)
    with come_in(app, session, person) as client:
        refused = client.post("/api/v1/programmes", json=TERMS)
        made = client.post("/api/v1/programmes", json=TERMS | {"office_id": str(other.id)})
    assert refused.json()["errors"][0]["field"] == "office_id"
    assert made.json()["office_id"] == str(other.id)


def on_staff_too(session: Session, person_id: UUID, office_id: UUID) -> None:
    session.add(Staff(person_id=person_id, office_id=office_id, role=Role.OFFICER))
    session.commit()


def test_terms_are_changed_by_who_has_seen_the_latest(
    officer: TestClient, programme: Programme
) -> None:
    door = f"/api/v1/programmes/{programme.id}"
    tag = officer.get(door).headers["etag"]
    assert officer.put(door, json=TERMS).status_code == 428
    changed = officer.put(door, json=TERMS, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["minutes_a_week"]) == (200, 900)
    late = officer.put(door, json=TERMS | {"name": "다른 이름"}, headers={"If-Match": tag})
    assert (late.status_code, late.json()["fields"]) == (412, ["name"])


def test_promises_are_kept_when_terms_change(
    officer: TestClient, session: Session, programme: Programme
) -> None:
    job = a_weekly_job(session, programme_id=programme.id, office_id=programme.office_id)
    planned(session, job, a_person(session).id)
    door, seen = f"/api/v1/programmes/{programme.id}", {"If-Match": "*"}
    poorer = officer.put(door, json=TERMS | {"budget_won": 143_999}, headers=seen)
    shorter = officer.put(door, json=TERMS | {"minutes_in_all": 719}, headers=seen)
    assert poorer.json()["type"] == "/problems/budget-is-promised"
    assert shorter.json()["type"] == "/problems/hours-are-promised"


def test_a_programme_is_closed_once(officer: TestClient, programme: Programme) -> None:
    door = f"/api/v1/programmes/{programme.id}"
    assert officer.put(f"{door}/closing").json()["closed_at"]
    assert officer.put(f"{door}/closing").status_code == 409
    assert officer.put(door, json=TERMS, headers={"If-Match": "*"}).status_code == 409


def test_hours_are_told_by_person_and_period(
    officer: TestClient, session: Session, programme: Programme
) -> None:
    job = a_weekly_job(session, programme_id=programme.id, office_id=programme.office_id)
    person, idle = a_person(session, name="김이음"), a_person(session)
    planned(session, job, person.id)
    door = f"/api/v1/programmes/{programme.id}/people"
    assert officer.get(door).json() == [
        {"person_id": str(person.id), "name": "김이음", "minutes": 720, "worked_minutes": 0}
    ]
    told = officer.get(f"{door}/{person.id}", params={"on": str(MONDAY)}).json()
    assert [(each["period"], each["minutes"], each["left_minutes"]) for each in told] == [
        ("all", 720, 5_280),
        ("month", 720, None),
        ("week", 360, None),
    ]
    later = {"on": str(MONDAY + timedelta(days=60))}
    assert [
        each["minutes"] for each in officer.get(f"{door}/{person.id}", params=later).json()
    ] == [
        720,
        0,
        0,
    ]
    assert [each["minutes"] for each in officer.get(f"{door}/{idle.id}").json()] == [0, 0, 0]
