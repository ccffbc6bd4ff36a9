"""Telling on pages: one question each, mended in place, and brought to the centre of its dong."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geo_service.accounts.workflow.limits import Limit
from geo_service.confidential.session import Vault
from geo_service.offices.models import Office, Role
from geo_service.reports.access import room
from geo_service.reports.files.told import Knows, Since, Way, Whom
from geo_service.reports.models import AnswerBy, Routing, Urgency
from tests.areas import inside
from tests.letters import letters_by_address
from tests.people import on_staff
from tests.reporting import STORY, SUBJECT, WORDS, fill, send, tell, two_dongs
from tests.reports import only_report, plain


@pytest.fixture
def centres(session: Session) -> tuple[Office, Office]:
    return two_dongs(session)


def test_what_is_told_reaches_the_centre_of_its_dong_sealed(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    done = tell(visit, inside(0))
    report = only_report(vault, centres[0])
    told = plain(vault, report)
    assert report.number in done.text
    assert (report.routing, report.urgency) == (Routing.SURE, Urgency.TODAY)
    assert (report.answer_by, report.reporter_hash) == (AnswerBy.RECEIPT, None)
    assert (told.whom, told.subject, told.story) == (Whom.NEIGHBOUR, SUBJECT, STORY)
    assert (told.since, told.knows, told.way) == (Since.DAYS, Knows.UNAWARE, Way.RECEIPT)
    assert (told.where_words, told.place) == (WORDS, inside(0))
    kept = b"".join(
        value for name, value in vars(report).items() if name.endswith("_sealed") and value
    )
    for said in (STORY, SUBJECT, WORDS):
        assert said.encode() not in kept


def test_at_a_border_both_centres_are_told_and_hear_of_it(
    session: Session, visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    for centre, name in zip(centres, ("west", "east"), strict=True):
        on_staff(session, centre.id, Role.CASEWORKER, email=f"{name}@example.org")
    on_staff(session, centres[0].id, Role.OFFICER, email="officer@example.org")
    done = tell(visit, inside(0.4999))
    for centre in centres:
        report = only_report(vault, centre)
        assert (report.routing, report.centre_id) == (Routing.BORDER, centres[0].id)
        assert report.second_centre_id == centres[1].id
        assert centre.name in done.text
    told = letters_by_address(session)
    assert told.keys() == {"west@example.org", "east@example.org"}
    for letter in told.values():
        for said in (STORY, SUBJECT, WORDS, report.number):
            assert said not in letter


def test_who_does_not_know_the_address_names_the_dong(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    assert send(visit, "whom", {"whom": "family"}).headers["location"] == "/report/where"
    nowhere = send(visit, "where", {"words": " "})
    assert nowhere.status_code == 422
    asked = send(visit, "where", {"unknown": "1"})
    assert asked.headers["location"] == "/report/dong"
    assert send(visit, "dong", {"dong": "999999"}).status_code == 422
    dong = {"dong": str(centres[1].answers_for_id)}
    assert tell(visit, None, dong=dong).status_code == 200
    report = only_report(vault, centres[1])
    assert (report.routing, report.cell) == (Routing.UNCONFIRMED, None)
    assert plain(vault, report).place is None


def test_where_words_name_one_dong_it_is_that_one(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    send(visit, "whom", {"whom": "neighbour"})
    onwards = send(visit, "where", {"words": "동동 시장 옆 골목"})
    assert onwards.headers["location"] == "/report/what"
    assert tell(visit, None, where={"words": "동동 시장 옆 골목"}).status_code == 200
    report = only_report(vault, centres[1])
    assert report.routing is Routing.UNCONFIRMED
    assert plain(vault, report).where_words == "동동 시장 옆 골목"


def test_the_map_is_tapped_searched_and_cleared(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    send(visit, "whom", {"whom": "neighbour"})
    found = send(visit, "where", {"words": "동동 행정복지센터", "find": "1"})
    assert found.headers["location"] == "/report/where#where"
    assert "핀 빼기" in visit.get("/report/where").text
    east = inside(1)
    tapped = {"pin.x": "128", "pin.y": "28", "map_lat": str(east.lat), "map_lng": str(east.lng)}
    send(visit, "where", tapped)
    send(visit, "where", {"clear": "1"})
    assert "핀 빼기" not in visit.get("/report/where").text
    missed = send(visit, "where", {"words": "아무 데도 없는 곳", "find": "1"})
    assert "찾지 못했어요" in visit.get(missed.headers["location"]).text
    send(visit, "where", tapped)
    send(visit, "where", {"words": WORDS})
    for page, typed in (
        ("what", {"kinds": ["meals"]}),
        ("signs", {"story": STORY, "since": "weeks"}),
        ("photo", {}),
        ("knows", {"knows": "agrees"}),
        ("contact", {"way": "none"}),
        ("check", {}),
    ):
        assert send(visit, page, typed).status_code == 303, page
    report = only_report(vault, centres[1])
    place = plain(vault, report).place
    assert place is not None
    assert place.lng == pytest.approx(east.lng, abs=1e-5)
    assert 250 < (place.lat - east.lat) * 110_950 < 500
    assert (report.urgency, report.receipt_hash) == (Urgency.USUAL, None)


def test_every_answer_is_mended_in_place_and_leads_back_to_the_last_look(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    check = fill(visit, inside(0))
    for page in ("whom", "where", "what", "signs", "photo", "knows", "contact"):
        assert f'href="/report/{page}"' in check.text
        assert visit.get(f"/report/{page}").status_code == 200
    assert send(visit, "signs", {"story": "", "since": "days"}).status_code == 422
    assert visit.get("/report/check", follow_redirects=False).headers["location"] == "/report/signs"
    mended = send(visit, "signs", {"story": "이제 밤에도 불이 꺼져 있어요", "since": "today"})
    assert mended.headers["location"] == "/report/check"
    send(visit, "check", {})
    assert plain(vault, only_report(vault, centres[0])).story == "이제 밤에도 불이 꺼져 있어요"


def test_who_tells_of_themselves_is_not_asked_whether_they_know(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    check = fill(visit, inside(0), whom={"whom": "myself"})
    assert "/report/knows" not in check.text
    away = visit.get("/report/knows", follow_redirects=False)
    assert away.headers["location"] == "/report/check"
    assert send(visit, "knows", {"knows": "agrees"}).headers["location"] == "/report/check"
    send(visit, "check", {})
    told = plain(vault, only_report(vault, centres[0]))
    assert (told.whom, told.knows) == (Whom.MYSELF, Knows.MYSELF)


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("whom", {"whom": "nobody"}),
        ("what", {}),
        ("what", {"kinds": ["invented"]}),
        ("signs", {"story": "x" * 3001, "since": "days"}),
        ("signs", {"story": STORY}),
        ("knows", {"knows": "myself"}),
        ("contact", {}),
        ("contact", {"way": "mail"}),
        ("contact", {"way": "mail", "email": "nobody"}),
        ("contact", {"way": "mail", "email": "me@example.org", "phone": "12"}),
    ],
)
def test_what_cannot_be_is_said_in_place(
    visit: TestClient, centres: tuple[Office, Office], page: str, typed: dict[str, Any]
) -> None:
    assert centres
    fill(visit, inside(0))
    refused = send(visit, page, typed)
    assert refused.status_code == 422
    assert 'id="faults"' in refused.text
    assert send(visit, "check", {}).headers["location"] == f"/report/{page}"


def test_limits_hold_across_workers_and_say_whom_to_call(
    visit: TestClient,
    vault: Vault,
    centres: tuple[Office, Office],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "REPORTS_FROM", Limit("few", 1, timedelta(hours=1)))
    tell(visit, inside(0))
    second = tell(visit, inside(0))
    assert second.status_code == 422
    assert "너무 여러 번" in second.text
    assert 'href="tel:119"' in second.text
    assert only_report(vault, centres[0])
    assert room.REPORTS_OF.most < Limit("", 60, timedelta()).most, "a house shares an address"


def test_emergency_numbers_come_first(visit: TestClient) -> None:
    start = visit.get("/report").text
    for number in ("119", "112", "129"):
        assert 0 < start.index(f'href="tel:{number}"') < start.index('href="/report/whom"')
