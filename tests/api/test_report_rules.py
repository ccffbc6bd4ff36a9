"""What a review of telling found: who is known, which number is taken, which codes are counted."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Attempts
from geo_service.accounts.workflow.limits import Limit
from geo_service.confidential.session import Vault
from geo_service.offices.models import Office
from geo_service.reports.access import room
from geo_service.reports.models import Report
from geo_service.reports.workflow import telling
from tests.areas import inside
from tests.cases import told_to
from tests.people import a_person, come_in
from tests.reporting import two_dongs
from tests.watchers import a_watcher

DOOR = "/api/v1/reports"
WRONG = {"Receipt-Code": "7K3M-9QXT-4WAB-H2CD"}


@pytest.fixture
def centres(session: Session) -> tuple[Office, Office]:
    return two_dongs(session)


def told(**other: object) -> dict[str, object]:
    place = inside(0)
    return {
        "whom": "neighbour",
        "categories": ["unseen"],
        "story": "우유가 쌓여 있어요",
        "place": {"lat": place.lat, "lng": place.lng},
        "answer_by": "receipt",
    } | other


def test_a_watcher_who_tells_anonymously_is_not_known_as_one(
    app: FastAPI, session: Session, vault: Vault, centres: tuple[Office, Office]
) -> None:
    me = a_person(session)
    a_watcher(session, me)
    session.commit()
    with come_in(app, session, me) as browser:
        for way in ("receipt", "account"):
            assert browser.post(DOOR, json=told(answer_by=way)).status_code == 201
    query = select(Report.watcher).order_by(Report.told_at)
    assert told_to(vault, centres[0].id, query) == [False, True]


@pytest.mark.usefixtures("centres")
def test_a_number_that_is_taken_is_told_again(
    visit: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "new_number", lambda: "R-TAKEN1")
    assert visit.post(DOOR, json=told()).status_code == 201
    again = visit.post(DOOR, json=told())
    assert (again.status_code, again.json()["type"]) == (409, "/problems/tell-again")


@pytest.mark.usefixtures("centres")
def test_wrong_codes_are_counted_at_every_door_and_right_ones_at_none(
    visit: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "CODES_FROM", Limit("few codes", 3, timedelta(hours=1)))
    right = visit.post(DOOR, json=told()).json()["receipt_code"]
    session.execute(Attempts.__table__.delete())
    session.commit()

    def pressed(code: str) -> int:
        return visit.post(
            "/report/receipt", data={"code": code}, follow_redirects=False
        ).status_code

    for _ in range(4):
        assert visit.get(f"{DOOR}/receipt", headers={"Receipt-Code": right}).status_code == 200
        assert pressed(right) == 303
    assert session.scalars(select(Attempts.number)).all() == []
    assert visit.get(f"{DOOR}/receipt", headers=WRONG).status_code == 404
    said = visit.post(f"{DOOR}/receipt/messages", json={"text": "네"}, headers=WRONG)
    assert said.status_code == 404
    assert pressed(WRONG["Receipt-Code"]) == 422
    assert visit.get(f"{DOOR}/receipt", headers=WRONG).status_code == 429
    assert pressed(right) == 422
