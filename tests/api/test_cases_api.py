"""Cases as JSON, the front pages of offices, and what leads and operators get."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.confidential.models import Look
from geo_service.confidential.session import Vault
from geo_service.offices.models import Role, Staff
from geo_service.reports.models import CaseFile, Report, Stage
from geo_service.web.idempotency import KeptAnswer
from tests.cases import (
    STORY,
    Gu,
    a_case_of,
    first_step,
    looks_in,
    taken_up,
    told_to,
)
from tests.people import a_program, come_in, on_staff
from tests.reports import a_case, a_report, a_visit, caseworker, lead

API = "/api/v1/office/cases"


@pytest.fixture
def kim(visit: TestClient, session: Session, gu: Gu) -> TestClient:
    visit.headers["Authorization"] = f"Bearer {a_program(session, gu.kim)}"
    return visit


@pytest.fixture
def leads_browser(app: FastAPI, session: Session, gu: Gu) -> Iterator[TestClient]:
    with come_in(app, session, gu.lead) as browser:
        yield browser


def test_a_program_takes_up_notes_moves_and_closes(kim: TestClient, vault: Vault, gu: Gu) -> None:
    report = a_report(vault, gu.west.id)
    (card,) = kim.get(API).json()
    assert looks_in(vault, gu.west) == [("board", "board")]
    assert (card["id"], card["is_report"], card["stage"]) == (str(report.id), True, "new")
    key = {"Idempotency-Key": "take-up-once"}
    made = kim.post(API, json={"report_id": str(report.id)}, headers=key)
    assert made.status_code == 201
    again = kim.post(API, json={"report_id": str(report.id)}, headers=key)
    assert again.json() == made.json()
    assert kim.post(API, json={"report_id": str(report.id)}).status_code == 409

    one = f"{API}/{made.json()['id']}"
    told = kim.get(one)
    assert told.json()["reports"][0]["story"] == STORY
    assert told.headers["cache-control"] == "no-store"
    step = told.json()["steps"][0]["id"]
    noted = kim.put(f"{one}/steps/{step}", json={"outcome": "met", "words": "집에 계심"})
    assert (noted.status_code, noted.json()["stage"]) == (200, "contacted")
    assert kim.put(f"{one}/steps/{step}", json={"outcome": "met"}).status_code == 409
    assert kim.post(f"{one}/steps", json={"rung": "visit"}).status_code == 201

    old = told.headers["etag"]
    wanted = {"stage": "connected", "connected_to": "긴급복지"}
    assert kim.put(f"{one}/stage", json=wanted).status_code == 428
    stale = kim.put(f"{one}/stage", json=wanted, headers={"If-Match": old})
    assert (stale.status_code, stale.json()["fields"]) == (412, ["stage"])
    fresh = {"If-Match": kim.get(one).headers["etag"]}
    assert kim.put(f"{one}/stage", json={"stage": "new"}, headers=fresh).status_code == 409
    assert kim.put(f"{one}/stage", json={"stage": "connected"}, headers=fresh).status_code == 422
    moved = kim.put(f"{one}/stage", json=wanted, headers=fresh)
    assert moved.json()["stage"] == "connected"
    assert kim.get(one).json()["connected_to"] == "긴급복지"


def test_answers_that_are_kept_hold_nothing_that_was_said(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim, answer_by="receipt")
    report = told_to(vault, gu.west.id, select(Report))[0]
    said = {"report_id": str(report.id), "text": "내일 찾아뵐게요"}
    sent = kim.post(f"{API}/{case.id}/messages", json=said, headers={"Idempotency-Key": "answer-1"})
    assert sent.status_code == 201
    page = f"/office/cases/{case.id}"
    shown = kim.post(f"{page}/part", data={"once": "a-page-that-tells"})
    assert (shown.status_code, STORY in shown.text) == (422, True)
    kept = b"".join(one.body for one in session.scalars(select(KeptAnswer)))
    assert kept
    assert "내일".encode() not in kept
    assert STORY.encode() not in kept


def test_cases_of_one_household_merge_and_are_handed_over(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    first, second = a_case_of(vault, gu.west, gu.kim), a_case_of(vault, gu.west, gu.kim)
    merges = f"{API}/{first.id}/merges"
    assert kim.post(merges, json={"other_id": str(first.id)}).status_code == 409
    assert kim.post(merges, json={"other_id": str(gu.west.id)}).status_code == 404
    assert kim.post(merges, json={"other_id": str(second.id)}).status_code == 201
    assert len(kim.get(f"{API}/{first.id}").json()["reports"]) == 2
    offers = f"{API}/{first.id}/handovers"
    assert kim.post(offers, json={"centre_id": str(gu.district.id)}).status_code == 422
    assert kim.post(offers, json={"centre_id": str(gu.east.id)}).status_code == 201
    assert kim.post(offers, json={"centre_id": str(gu.east.id)}).status_code == 409


def test_programs_answer_offers_and_take_them_back(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    one, theirs = f"{API}/{case.id}", {"Authorization": f"Bearer {a_program(session, gu.park)}"}

    def offered() -> None:
        said = {"centre_id": str(gu.east.id)}
        assert kim.post(f"{one}/handovers", json=said).status_code == 201

    def answered(*, accepted: bool, headers: dict[str, str] | None = None) -> int:
        said = {"accepted": accepted}
        return kim.put(f"{one}/handover", json=said, headers=headers).status_code

    assert answered(accepted=True, headers=theirs) == 404
    offered()
    assert answered(accepted=True) == 409, "who offers it does not answer"
    assert answered(accepted=False) == 200
    assert answered(accepted=True, headers=theirs) == 404, "it was taken back"
    offered()
    assert answered(accepted=False, headers=theirs) == 200
    assert kim.get(one).status_code == 200
    offered()
    assert answered(accepted=True, headers=theirs) == 200
    assert kim.get(one).status_code == 404
    assert vault.ring.found(case.id).office_id == gu.east.id


def test_who_works_at_both_centres_may_accept(
    kim: TestClient, session: Session, vault: Vault, gu: Gu
) -> None:
    session.add(Staff(person_id=gu.kim.id, office_id=gu.east.id, role=Role.CASEWORKER))
    session.commit()
    one = f"{API}/{a_case_of(vault, gu.west, gu.kim).id}"
    said = {"centre_id": str(gu.east.id)}
    assert kim.post(f"{one}/handovers", json=said).status_code == 201
    taken = kim.put(f"{one}/handover", json={"accepted": True})
    assert taken.status_code == 200
    assert kim.put(f"{one}/handover", json={"accepted": False}).status_code == 409


def test_a_program_says_what_a_colleagues_case_is_opened_for(
    kim: TestClient, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.lee)
    refused = kim.get(f"{API}/{case.id}")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/say-what-for")
    assert kim.get(f"{API}/{case.id}?purpose=together").status_code == 200
    assert ("case", "together") in looks_in(vault, gu.west)


def test_fronts_count_without_a_look(
    app: FastAPI, session: Session, vault: Vault, gu: Gu, leads_browser: TestClient
) -> None:
    a_report(vault, gu.west.id)
    long_ago = now() - timedelta(days=60)
    late = taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=long_ago)
    first_step(vault, late)
    with come_in(app, session, gu.kim) as kim:
        page = kim.get("/office").text
    assert "맡을 알림" in page
    assert "정한 날이 지난 사례" in page
    assert "센터에서 늦어진 일" in leads_browser.get("/office").text
    assert looks_in(vault, gu.west) == []


def test_a_lead_reads_sums_and_who_looked_and_never_a_report(
    app: FastAPI, session: Session, vault: Vault, gu: Gu, leads_browser: TestClient
) -> None:
    for _ in range(5):
        a_report(vault, gu.west.id)
    a_report(vault, gu.east.id)
    case = a_case_of(vault, gu.west, gu.kim)
    a_visit(vault, gu.west.id)
    with come_in(app, session, gu.lee) as lee:
        lee.get(f"/office/cases/{case.id}?purpose=urgent")
    page = leads_browser.get("/office/figures").text
    assert "알려 온 일 <b>7</b>건" in page
    assert "모두 2개" in page
    assert "가림" in page
    assert "1집 가운데 0집" in page
    table = leads_browser.get("/office/figures.csv")
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert f"동,{gu.east.name},5 미만 등 가림" in table.text
    looks = leads_browser.get("/office/looks").text
    assert "이서동" in looks
    assert "급한 연락을 받았어요" in looks
    for part in (page, table.text, looks):
        assert STORY not in part
        assert case.number not in part
    for path in ("/office/cases", f"/office/cases/{case.id}", "/office/surveys", API):
        assert leads_browser.get(path).status_code == 403
    with vault.opened(lead(gu.west.id)) as confidential:
        noted = confidential.scalars(select(Look.thing).where(Look.standing == "lead")).all()
    assert noted == ["figures", "figures", "looks"]
    assert "최구청" in looks
    assert leads_browser.get("/office/figures?quarter=1999-9").status_code == 200
    assert "이달에는 연 사람이 없어요." in leads_browser.get("/office/looks?month=2020-01").text


def test_a_lead_reads_since_which_day_something_is_late_and_months_as_people_write_them(
    vault: Vault, gu: Gu, leads_browser: TestClient
) -> None:
    report = a_report(vault, gu.west.id)
    with vault.opened(caseworker(gu.west.id)) as confidential:
        confidential.merge(report).escalated_at = now()
    late = leads_browser.get("/office/figures").text.split('id="late"')[1]
    today = now().astimezone(KOREA).date()
    assert report.number in late
    assert f"{today.month}월 {today.day}일" in late.split("</table>")[0]
    assert "오늘까지" not in late
    looks = "/office/looks?month=2026-03"
    assert "<h1>열람 점검, 2026년 3월</h1>" in leads_browser.get(looks).text
    assert "<h1>Who looked, 2026-3</h1>" in leads_browser.get(f"/en{looks}").text


def test_a_lead_sees_what_stands_still_and_what_ends_soon_by_number(
    vault: Vault, gu: Gu, leads_browser: TestClient
) -> None:
    for door in ("/office/figures", "/en/office/figures"):
        quiet = leads_browser.get(door).text
        assert ('id="idle"' in quiet, 'id="ending"' in quiet) == (False, False)
    idle = a_case(vault, gu.west.id)
    over = a_case(vault, gu.east.id)
    with vault.opened(caseworker(gu.west.id, gu.east.id)) as confidential:
        closed = confidential.get_one(CaseFile, over.id)
        closed.stage, closed.closed_at = Stage.CLOSED, now() - timedelta(days=350)
        long_ago = now() - timedelta(weeks=9)
        confidential.execute(update(CaseFile).values(touched_at=long_ago))
    page = leads_browser.get("/office/figures").text
    front = leads_browser.get("/office").text
    assert "/office/figures#idle" in front
    assert "/office/figures#ending" in front
    stands, ends = page.split('id="idle"')[1].split('id="ending"')
    assert (idle.number in stands, over.number in stands) == (True, False)
    assert (idle.number in ends, over.number in ends, gu.east.name in ends) == (False, True, True)


def test_operators_and_officers_read_nothing_of_it(
    app: FastAPI, session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    somebody = on_staff(session, gu.west.id, Role.OPERATOR, Role.OFFICER)
    with come_in(app, session, somebody) as browser:
        assert "사례" not in browser.get("/office").text
        for path in (
            "/office/cases",
            f"/office/cases/{case.id}",
            "/office/surveys",
            "/office/figures",
            "/office/looks",
            API,
        ):
            assert browser.get(path).status_code == 403
