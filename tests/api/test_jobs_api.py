"""Jobs over the API: what an office's programs may do, and what they are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.jobs.models import Job
from geo_service.offices.models import Office, Role, Staff
from tests.factories import an_office
from tests.jobs import OFFICE, a_draft, a_posting
from tests.people import come_in, on_staff

TODAY = now().astimezone(KOREA).date()

ANY = {"If-Match": "*"}
"""Whichever version there is."""

WISH: dict[str, Any] = {
    "title": "경로당 점심 준비 돕기",
    "pay_won": 11_500,
    "works_from": (TODAY + timedelta(days=7)).isoformat(),
    "works_until": (TODAY + timedelta(days=21)).isoformat(),
    "shifts": [{"days": ["mon", "wed", "fri"], "starts": "10:00", "ends": "13:00"}],
}

NOBODYS = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
"""The id of nothing."""


@dataclass
class Program:
    """A program of an officer."""

    client: TestClient
    office: Office

    def post(self, **said: Any) -> dict[str, Any]:
        """What it is told of a new draft."""
        answer = self.client.post("/api/v1/jobs", json=WISH | said)
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told


@pytest.fixture
def program(app: FastAPI, session: Session) -> Iterator[Program]:
    office = an_office(session, **OFFICE)
    with come_in(app, session, on_staff(session, office.id)) as client:
        yield Program(client, office)


def problem(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def fields(answer: Response) -> list[str]:
    """What a refusal complains about."""
    assert answer.status_code == 422
    return [error["field"] for error in answer.json()["errors"]]


def test_an_officer_posts_a_draft_that_nobody_finds(program: Program) -> None:
    told = program.post()
    assert (told["state"], told["version"], told["taken"]) == ("draft", 1, 0)
    assert told["office_id"] == str(program.office.id)
    assert told["address"] == OFFICE["address"]
    assert told["hours_words"] == "월 10:00–13:00 · 수 10:00–13:00 · 금 10:00–13:00"
    assert program.client.get(f"/jobs/{told['id']}").status_code == 404
    assert program.client.get(f"/api/v1/jobs/{told['id']}").json() == told


def test_what_is_sent_twice_is_posted_once(program: Program) -> None:
    key = {"Idempotency-Key": "7a6f8d2e-one-wish"}
    first = program.client.post("/api/v1/jobs", json=WISH, headers=key)
    again = program.client.post("/api/v1/jobs", json=WISH, headers=key)
    assert first.json()["id"] == again.json()["id"]
    other = program.client.post("/api/v1/jobs", json=WISH | {"seats": 2}, headers=key)
    assert problem(other) == (422, "key-used-before")


def test_a_job_lives_from_draft_to_closed(program: Program) -> None:
    url = f"/api/v1/jobs/{program.post()['id']}"
    go = program.client
    assert go.put(f"{url}/publication", json={}).json()["state"] == "published"
    assert go.get(url.replace("/api/v1", "")).status_code == 200
    assert go.put(f"{url}/closing").json()["state"] == "closed"
    assert problem(go.put(f"{url}/closing")) == (409, "job-is-closed")
    assert go.delete(f"{url}/closing").json()["state"] == "published"
    assert problem(go.put(f"{url}/completion")) == (409, "work-is-ahead")
    assert problem(go.delete(f"{url}/completion")) == (409, "undo-is-over")
    assert go.delete(f"{url}/publication").json()["state"] == "draft"
    assert problem(go.put(f"{url}/closing")) == (409, "job-is-draft")


def test_a_job_is_published_for_a_later_day(program: Program) -> None:
    url = f"/api/v1/jobs/{program.post()['id']}"
    day = datetime.combine(TODAY + timedelta(days=3), datetime.min.time(), KOREA)
    told = program.client.put(f"{url}/publication", json={"on": day.isoformat()}).json()
    assert datetime.fromisoformat(told["published_at"]) == day
    assert program.client.get(url.replace("/api/v1", "")).status_code == 404


def test_what_is_missing_is_named_as_its_field(program: Program) -> None:
    url = f"/api/v1/jobs/{program.post(shifts=[])['id']}"
    answer = program.client.put(f"{url}/publication", json={})
    assert fields(answer) == ["shifts"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pay_won", 10_319),
        ("title", "일"),
        ("office_id", NOBODYS),
        ("programme_id", NOBODYS),
        ("colour", "green"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(program: Program, field: str, value: object) -> None:
    answer = program.client.post("/api/v1/jobs", json=WISH | {field: value})
    assert fields(answer) == [field]


def test_an_edit_changes_what_it_says_and_leaves_the_rest(program: Program) -> None:
    told = program.post(questions=["걸어서 오시나요?"])
    url = f"/api/v1/jobs/{told['id']}"
    edited = program.client.patch(url, json={"seats": 3}, headers={"If-Match": '"1"'})
    assert edited.headers["ETag"] == '"2"'
    assert edited.json() == told | {"seats": 3, "version": 2}


def test_an_edit_of_an_older_version_is_refused(program: Program) -> None:
    url = f"/api/v1/jobs/{program.post()['id']}"
    program.client.patch(url, json={"seats": 3}, headers={"If-Match": '"1"'})
    late = program.client.patch(url, json={"seats": 4}, headers={"If-Match": '"1"'})
    assert problem(late) == (412, "changed-meanwhile")
    assert late.json()["fields"] == ["seats"]
    assert program.client.patch(url, json={"seats": 4}).status_code == 428
    assert program.client.get(url).json()["seats"] == 3


@pytest.mark.parametrize(
    "said", [{"pay_won": 1}, {"state": "done"}, {"seats": 0}, {"works_until": "2020-01-01"}]
)
def test_an_edit_that_cannot_be_is_refused(program: Program, said: dict[str, Any]) -> None:
    url = f"/api/v1/jobs/{program.post()['id']}"
    assert program.client.patch(url, json=said, headers=ANY).status_code == 422
    assert program.client.get(url).json()["version"] == 1


def test_a_copy_is_a_draft_of_its_own(program: Program) -> None:
    told = program.post()
    copied = program.client.post(f"/api/v1/jobs/{told['id']}/copies")
    assert copied.status_code == 201
    assert copied.headers["Location"] == f"/api/v1/jobs/{copied.json()['id']}"
    assert copied.json()["id"] != told["id"]
    assert copied.json()["works_from"] is None


def test_a_removed_draft_can_be_had_back(program: Program) -> None:
    url = f"/api/v1/jobs/{program.post()['id']}"
    assert program.client.delete(url).status_code == 204
    assert program.client.get("/api/v1/jobs").json() == {"jobs": [], "more": False}
    assert program.client.delete(f"{url}/removal").json()["removed_at"] is None
    assert len(program.client.get("/api/v1/jobs").json()["jobs"]) == 1


def test_a_list_is_narrowed_and_turned(program: Program, session: Session) -> None:
    for title in ("화단 돌보기", "화단 물 주기", "도서 정리"):
        a_draft(session, office=program.office, title=title)
    a_posting(session, office=program.office, title="화단 지키기")
    ask = program.client.get
    assert len(ask("/api/v1/jobs?q=화단").json()["jobs"]) == 3
    assert len(ask("/api/v1/jobs?q=화단&state=draft").json()["jobs"]) == 2
    first = ask("/api/v1/jobs?limit=3").json()
    assert (len(first["jobs"]), first["more"]) == (3, True)
    assert len(ask("/api/v1/jobs?limit=3&skip=3").json()["jobs"]) == 1


def test_another_offices_job_is_not_there(program: Program, session: Session) -> None:
    theirs = a_draft(session)
    url = f"/api/v1/jobs/{theirs.id}"
    assert problem(program.client.get(url)) == (404, "no-such-job")
    edited = program.client.patch(url, json={"seats": 2}, headers=ANY)
    assert problem(edited) == (404, "no-such-job")
    assert problem(program.client.put(f"{url}/publication", json={})) == (404, "no-such-job")
    assert program.client.delete(url).status_code == 404
    assert theirs.removed_at is None


def test_only_officers_post(app: FastAPI, session: Session) -> None:
    office = an_office(session, **OFFICE)
    with come_in(app, session, on_staff(session, office.id, Role.CASEWORKER)) as client:
        assert problem(client.post("/api/v1/jobs", json=WISH)) == (403, "not-on-staff")
        assert problem(client.get("/api/v1/jobs")) == (403, "not-on-staff")


def test_who_works_in_two_offices_says_for_which(app: FastAPI, session: Session) -> None:
    first, second = an_office(session, **OFFICE), an_office(session, name="송정2동", **OFFICE)
    officer = on_staff(session, first.id)
    session.add(Staff(person_id=officer.id, office_id=second.id, role=Role.OFFICER))
    session.commit()
    with come_in(app, session, officer) as client:
        assert fields(client.post("/api/v1/jobs", json=WISH)) == ["office_id"]
        told = client.post("/api/v1/jobs", json=WISH | {"office_id": str(second.id)}).json()
        assert session.get_one(Job, UUID(told["id"])).office_id == second.id
