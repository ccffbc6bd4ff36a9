"""Applying and deciding over HTTP, as programs do."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from tests.hiring import QUESTION, Town
from tests.people import a_person, on_staff


@pytest.fixture
def town(app: FastAPI, session: Session) -> Iterator[Town]:
    with ExitStack() as stack:
        yield Town(app, session, stack)


def test_one_reads_and_decides_over_the_api(town: Town) -> None:
    job, person = town.work(questions=[QUESTION]), a_person(town.session)
    me = town.browser(person)
    wish = {"phone": "010-1234-5678", "answers": ["네"]}
    key = {"Idempotency-Key": "apply-once-please"}
    made = me.post(f"/api/v1/jobs/{job.id}/applications", json=wish, headers=key)
    again = me.post(f"/api/v1/jobs/{job.id}/applications", json=wish, headers=key)
    assert (made.status_code, again.status_code, made.content) == (201, 201, again.content)
    told = made.json()
    assert (told["stage"], told["number"]) == ("sent", 1)
    here = f"/api/v1/my/applications/{told['id']}"
    assert me.get(here).json() == told
    assert me.get("/api/v1/my/applications").json() == {"applications": [told]}
    refused = me.post(f"/api/v1/jobs/{job.id}/applications", json=wish)
    assert (refused.status_code, refused.json()["application"]) == (409, told["id"])
    desk = town.browser(on_staff(town.session, job.office_id))
    there = f"/api/v1/applications/{UUID(told['id'])}"
    assert desk.get(there).json()["phone"] == "+821012345678"
    assert desk.put(f"{there}/decision", json={"decision": "decline"}).status_code == 422
    assert desk.put(f"{there}/decision", json={"decision": "offer"}).json()["stage"] == "offered"
    assert me.put(f"{here}/acceptance").json()["stage"] == "hired"
    assert me.put(f"{here}/withdrawal").json()["reason"] == "own"
    at_counter = {
        "name": "박영수",
        "phone": "010-9999-8888",
        "consent": "beside",
        "answers": ["네"],
    }
    assert desk.post(f"/api/v1/jobs/{job.id}/counter", json=at_counter).status_code == 201
    decided = desk.post(f"/api/v1/jobs/{job.id}/decision").json()["applications"]
    assert [one["stage"] for one in decided] == ["withdrawn", "hired"]
    assert desk.get(f"/api/v1/jobs/{job.id}/applications").json()["applications"] == decided


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"answers": []}, 422),
        ({"phone": "010-1234-5678", "answers": ["a", "b"]}, 422),
        ({"worker": {"name": "김", "phone": "010-1-1", "consent": "phone"}}, 422),
        ({"worker": {"name": "김", "phone": "010-1234-5678", "consent": "phone"}}, 201),
    ],
)
def test_the_api_says_what_is_wrong(town: Town, wish: dict[str, Any], status: int) -> None:
    me = town.browser(a_person(town.session))
    answer = me.post(f"/api/v1/jobs/{town.work().id}/applications", json=wish)
    assert answer.status_code == status
