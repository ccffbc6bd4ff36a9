"""Official files on an operator's screen: looked through, taken in, undone."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.facilities.models import ImportBatch
from geo_service.offices.models import Role
from geo_service.spaces.models import Space
from tests.facility_rows import csv_text, numbered, room
from tests.factories import an_office
from tests.people import come_in, on_staff

PATH = "/office/import/facilities"


@pytest.fixture
def operator(app: FastAPI, session: Session) -> Iterator[TestClient]:
    """Somebody who runs the machine."""
    person = on_staff(session, an_office(session).id, Role.OPERATOR)
    with come_in(app, session, person) as client:
        yield client


def send(operator: TestClient, text: str, then: str) -> Response:
    files = {"file": ("rooms.csv", text.encode())}
    return operator.post(PATH, data={"then": then}, files=files)


def test_a_file_is_looked_through_and_changes_nothing(
    operator: TestClient, session: Session
) -> None:
    told = send(operator, csv_text([*numbered(3), room(개방시설명="", 개방장소명="")]), "look")
    assert told.status_code == 200
    assert "아직 아무것도 바꾸지 않았어요." in told.text
    assert "손봐야 할 줄" in told.text
    assert not session.scalars(select(ImportBatch)).all()
    assert not session.scalars(select(Space)).all()


def test_a_file_is_taken_in_and_undone(operator: TestClient, session: Session) -> None:
    answer = send(operator, csv_text(numbered(3)), "take_in")
    assert answer.status_code == 303
    assert len(session.scalars(select(Space)).all()) == 3
    batch = session.scalars(select(ImportBatch)).one()
    assert answer.headers["location"] == f"{PATH}/{batch.id}"
    shown = operator.get(f"{PATH}/{batch.id}")
    assert "rooms.csv" in shown.text
    assert "rooms.csv" in operator.get(PATH).text
    assert operator.post(f"{PATH}/{batch.id}/undo").status_code == 303
    session.expire_all()
    assert not session.scalars(select(Space)).all()
    again = operator.post(f"{PATH}/{batch.id}/undo", headers={"Accept": "text/html"})
    assert again.status_code == 409
    assert "이미 되돌렸습니다" in again.text


def test_a_file_of_something_else_is_refused_in_place(operator: TestClient) -> None:
    refused = send(operator, "a,b\n1,2", "take_in")
    assert refused.status_code == 422
    assert "다시 확인해 주세요" in refused.text


@pytest.mark.parametrize("number", [999_999, 99_999_999_999])
def test_a_batch_that_is_not_there_is_missing(operator: TestClient, number: int) -> None:
    assert operator.get(f"{PATH}/{number}").status_code == 404
    assert operator.post(f"{PATH}/{number}/undo").status_code == 404


def test_officers_do_not_pass(app: FastAPI, session: Session) -> None:
    person = on_staff(session, an_office(session).id)
    with come_in(app, session, person) as client:
        assert client.get(PATH).status_code == 403
