"""Once it is told: sent once, its code shown once, and followed by code, account or mail."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from geo_service.clock import now
from geo_service.confidential.models import Look
from geo_service.confidential.session import Vault
from geo_service.offices.models import Office, Role
from geo_service.reports.files.told import Way
from geo_service.reports.models import Message, Report, SaidBy, Stage
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.noticing import tell_stage
from geo_service.reports.workflow.talking import say
from tests.areas import inside
from tests.letters import letters_by_address
from tests.people import a_person, come_in, on_staff
from tests.reporting import STORY, SUBJECT, WORDS, code_on, fill, send, tell, two_dongs
from tests.reports import CLOCKWORK, a_case, caseworker, lead, only_report, plain


@pytest.fixture
def centres(session: Session) -> tuple[Office, Office]:
    return two_dongs(session)


def looks_of(vault: Vault, report: Report) -> list[Look]:
    """All of them, which only the clockwork is shown."""
    rows = func.reports.looks_after(0, 1000).table_valued(*Look.__table__.columns)
    with vault.opened(CLOCKWORK) as confidential:
        looks = confidential.scalars(select(aliased(Look, rows))).all()
    return [look for look in looks if look.thing_id == report.id]


def test_pressing_twice_tells_once_and_the_code_is_shown_once(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    fill(visit, inside(0))
    for _ in range(2):
        assert send(visit, "check", {}).headers["location"] == "/report/done"
    first = visit.get("/report/done")
    code = code_on(first)
    assert code_on(visit.get("/en/report/done")) == code, "by mistake loaded again"
    assert only_report(vault, centres[0]).number in first.text
    assert "오늘이나 다음 근무일에 먼저 읽어요" in first.text, "what happens when"
    with vault.opened(CLOCKWORK) as confidential:
        later = now() + timedelta(minutes=3)
        drafts.forget_old(confidential, vault.ring, at=later)
    assert plain(vault, only_report(vault, centres[0])).story == STORY, "the key is the report's"
    again = visit.get("/report/done", follow_redirects=False)
    assert again.headers["location"] == "/report"
    assert code not in visit.get("/report").text


def test_a_code_opens_the_stage_and_a_conversation_and_nothing_more(
    session: Session, visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    west, _ = centres
    on_staff(session, west.id, Role.CASEWORKER, email="west@example.org")
    code = code_on(tell(visit, inside(0)))
    report = only_report(vault, west)
    wrong = visit.post("/report/receipt", data={"code": "7K3M-9QXT-4WAB-H2CD"})
    assert wrong.status_code == 422
    assert "7K3M" not in wrong.text.replace("예: 7K3M-9QXT-4WAB-H2CD", "")
    typed = code.lower().replace("-", " ")
    page = visit.post("/report/receipt", data={"code": typed})
    assert report.number in page.text
    assert "접수했어요" in page.text
    for said in (STORY, SUBJECT, WORDS):
        assert said not in page.text
    said = visit.post("/report/receipt/messages", data={"text": "오늘은 불이 켜졌어요"})
    assert "오늘은 불이 켜졌어요" in said.text
    case = a_case(vault, west.id, report, stage=Stage.CONTACTED)
    assert case.stage is Stage.CONTACTED
    with vault.opened(caseworker(west.id)) as confidential:
        ours = confidential.get_one(Report, report.id)
        say(confidential, vault.ring, ours, SaidBy.CENTRE, "내일 다시 가 볼게요", at=now())
        message = confidential.scalars(select(Message).order_by(Message.said_at)).first()
        assert message is not None
        assert "오늘은".encode() not in message.text_sealed
    page = visit.get("/report/receipt")
    assert "연락하거나 찾아갔어요" in page.text
    assert "내일 다시 가 볼게요" in page.text
    looks = looks_of(vault, report)
    assert {(look.standing, look.person_id) for look in looks} == {("reporter", None)}
    assert len(looks) >= 3
    visit.post("/report/receipt/close")
    assert report.number not in visit.get("/report/receipt").text
    closed = visit.post("/report/receipt/messages", data={"text": "한 마디 더"})
    assert closed.status_code == 422


def test_who_is_signed_in_finds_it_under_their_own(
    session: Session, app: FastAPI, vault: Vault, centres: tuple[Office, Office]
) -> None:
    west, _ = centres
    me, other = a_person(session, email="me@example.org"), a_person(session)
    with come_in(app, session, me) as browser:
        check = fill(browser, inside(0), contact={"way": "account", "phone": "010-1234-5678"})
        assert "010-1234-5678" in check.text
        send(browser, "check", {})
        done = browser.get("/report/done")
        assert 'id="code"' not in done.text
        report = only_report(vault, west)
        mine = browser.get("/my/reports")
        assert report.number in mine.text
        assert STORY not in mine.text
        said = browser.post(f"/my/reports/{report.id}/messages", data={"text": "고맙습니다"})
        assert said.headers["location"] == f"/my/reports/{report.id}"
        assert "고맙습니다" in browser.get(f"/my/reports/{report.id}").text
    looks = looks_of(vault, report)
    assert {(look.standing, look.person_id) for look in looks} == {("reporter", None)}
    for office in (caseworker(west.id), lead(west.id)):
        with vault.opened(office) as confidential:
            assert confidential.scalars(select(Look)).all() == [], "no office learns who came back"
    with come_in(app, session, other) as stranger:
        assert report.number not in stranger.get("/my/reports").text
        assert stranger.get(f"/my/reports/{report.id}").status_code == 404
        refused = stranger.post(f"/my/reports/{report.id}/messages", data={"text": "?"})
        assert refused.status_code == 404
    told = plain(vault, report)
    assert (told.way, told.email, told.phone) == (Way.ACCOUNT, "me@example.org", "+821012345678")
    with vault.opened(caseworker(west.id)) as confidential:
        ours = confidential.get_one(Report, report.id)
        tell_stage(confidential, vault.ring, ours, Stage.CONNECTED)
    letter = letters_by_address(session)["me@example.org"]
    assert report.number in letter
    assert "도움과 이어졌어요" in letter
    for words in (STORY, SUBJECT, WORDS):
        assert words not in letter


def test_who_gives_an_address_is_written_to_and_gets_a_code(
    session: Session, visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    done = visit
    fill(done, inside(0), contact={"way": "mail", "email": "Me@Example.org"})
    send(done, "check", {})
    code = code_on(visit.get("/en/report/done"))
    report = only_report(vault, centres[0])
    with vault.opened(caseworker(centres[0].id)) as confidential:
        ours = confidential.get_one(Report, report.id)
        say(confidential, vault.ring, ours, SaidBy.CENTRE, "비밀 이야기", at=now())
    letter = letters_by_address(session)["me@example.org"]
    assert "비밀 이야기" not in letter
    assert code not in letter


def test_who_was_signed_out_meanwhile_chooses_another_way(
    session: Session, app: FastAPI, centres: tuple[Office, Office]
) -> None:
    assert centres
    with come_in(app, session, a_person(session)) as browser:
        fill(browser, inside(0), contact={"way": "account"})
        browser.cookies.delete("session")
        assert send(browser, "check", {}).headers["location"] == "/report/contact"
