"""Telling by programs: answered once, refused without quoting, read by who told it alone."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.offices.models import Office
from geo_service.reports.models import Message, Report, Routing
from geo_service.reports.workflow.opening import opened
from tests.areas import inside
from tests.people import a_person, come_in
from tests.reporting import STORY, SUBJECT, WORDS, two_dongs
from tests.reports import caseworker

DOOR = "/api/v1/reports"


@pytest.fixture
def centres(session: Session) -> tuple[Office, Office]:
    return two_dongs(session)


def told(**other: Any) -> dict[str, Any]:
    place = inside(0)
    usual = {
        "categories": ["alone"],
        "story": STORY,
        "subject": SUBJECT,
        "where": WORDS,
        "place": {"lat": place.lat, "lng": place.lng},
    }
    return usual | other


def reports(vault: Vault, *centres: Office) -> list[Report]:
    with vault.opened(caseworker(*(one.id for one in centres))) as confidential:
        return list(confidential.scalars(select(Report)))


def test_a_code_is_answered_once_and_again_only_to_the_same_wish(
    session: Session, visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first = visit.post(DOOR, json=told(), headers=key)
    assert first.status_code == 201
    assert first.headers["cache-control"] == "no-store"
    code = first.json()["receipt_code"]
    again = visit.post(DOOR, json=told(), headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    (report,) = reports(vault, *centres)
    assert (report.number, report.routing) == (first.json()["number"], Routing.SURE)
    assert opened(seal_of(vault.ring, report.id), report).story == STORY
    other = visit.post(DOOR, json=told(subject="다른 사람"), headers=key)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-used-before")
    assert code not in other.text
    visit.post(DOOR, json=told())
    assert len(reports(vault, *centres)) == 2
    kept = session.scalars(text("SELECT once::text FROM once")).all()
    assert kept == [], "nothing about a report is kept outside its walls"


def test_a_code_in_a_header_opens_the_stage_and_the_conversation(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    code = visit.post(DOOR, json=told()).json()["receipt_code"]
    with_code = {"Receipt-Code": code.lower()}
    seen = visit.get(f"{DOOR}/receipt", headers=with_code)
    assert seen.status_code == 200
    assert seen.headers["cache-control"] == "no-store"
    assert (seen.json()["stage"], seen.json()["messages"]) == ("new", [])
    for words in (STORY, SUBJECT, WORDS):
        assert words not in seen.text
    key = with_code | {"Idempotency-Key": str(uuid4())}
    for _ in range(2):
        said = visit.post(f"{DOOR}/receipt/messages", json={"text": "또 봤어요"}, headers=key)
        assert said.status_code == 201
    assert [one["text"] for one in said.json()["messages"]] == ["또 봤어요"]
    with vault.opened(caseworker(centres[0].id)) as confidential:
        assert confidential.scalar(select(func.count()).select_from(Message)) == 1
    for wrong in (b"7K3M-9QXT-4WAB-H2CD", b"?", "가".encode()):
        refused = visit.get(f"{DOOR}/receipt", headers={b"Receipt-Code": wrong})
        assert refused.status_code == 404
    assert visit.get(f"{DOOR}/receipt").status_code == 422


def test_who_is_signed_in_reads_their_own(
    session: Session, app: FastAPI, centres: tuple[Office, Office]
) -> None:
    me, other = a_person(session), a_person(session)
    with come_in(app, session, me) as browser:
        answer = browser.post(DOOR, json=told(answer_by="account")).json()
        assert answer["receipt_code"] is None
        anonymous = browser.post(DOOR, json=told()).json()
        assert anonymous["report_id"] is None
        assert anonymous["centre"] == centres[0].name
        (mine,) = browser.get(DOOR).json()["reports"]
        assert mine["id"] == answer["report_id"]
        said = browser.post(f"{DOOR}/{mine['id']}/messages", json={"text": "네"})
        assert said.status_code == 201
        assert browser.get(f"{DOOR}/{mine['id']}").json()["messages"][0]["text"] == "네"
        exported = browser.get("/api/v1/my/export").json()["reports"]
        assert [one["number"] for one in exported] == [answer["number"]]
    with come_in(app, session, other) as stranger:
        assert stranger.get(DOOR).json() == {"reports": []}
        assert stranger.get(f"{DOOR}/{mine['id']}").status_code == 404
        assert stranger.post(f"{DOOR}/{mine['id']}/messages", json={"text": "?"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"story": "x" * 3001}, 422),
        ({"story": "\x00" + STORY}, 422),
        ({"categories": []}, 422),
        ({"categories": ["invented"]}, 422),
        ({"place": {"lat": 95, "lng": 0}}, 422),
        ({"place": None}, 422),
        ({"place": None, "dong": "9999999999"}, 422),
        ({"answer_by": "mail"}, 422),
        ({"answer_by": "account"}, 422),
        ({"surprise": "!"}, 422),
    ],
)
def test_what_is_refused_is_not_quoted(
    visit: TestClient,
    vault: Vault,
    centres: tuple[Office, Office],
    wrong: dict[str, Any],
    status: int,
) -> None:
    refused = visit.post(DOOR, json=told(**wrong))
    assert refused.status_code == status, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    for said in (STORY, SUBJECT, WORDS, "surprise!", "invented"):
        assert said not in refused.text
    assert reports(vault, *centres) == []


def test_a_dong_is_named_by_its_code(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    made = visit.post(DOOR, json=told(place=None, dong="2699052000"))
    assert made.status_code == 201
    (report,) = reports(vault, centres[1])
    assert report.routing is Routing.UNCONFIRMED
