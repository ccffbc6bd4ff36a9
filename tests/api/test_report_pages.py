"""Telling on pages: one question each, sealed on the way, sent once, shown once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from geo_service.accounts.workflow.limits import Limit
from geo_service.clock import now
from geo_service.confidential.models import Look
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.mail.models import Envelope
from geo_service.offices.models import Office, Role
from geo_service.reports.access import room
from geo_service.reports.files.told import Knows, Since, Told, Way, Whom
from geo_service.reports.models import (
    AnswerBy,
    Draft,
    Message,
    Photo,
    Report,
    Routing,
    SaidBy,
    Stage,
    Urgency,
)
from geo_service.reports.workflow.noticing import tell_stage
from geo_service.reports.workflow.opening import image_of, opened
from geo_service.reports.workflow.talking import say
from tests.areas import inside
from tests.people import a_person, come_in, on_staff
from tests.reporting import STORY, SUBJECT, WORDS, code_on, fill, send, tell, two_dongs
from tests.reports import CLOCKWORK, a_case, caseworker, reporter


def only_report(vault: Vault, *centres: Office) -> Report:
    with vault.opened(caseworker(*(centre.id for centre in centres))) as confidential:
        return confidential.scalars(select(Report)).one()


def plain(vault: Vault, report: Report) -> Told:
    return opened(seal_of(vault.ring, report.id), report)


def letters(session: Session) -> dict[str, str]:
    """What is on its way, by address."""
    session.expire_all()
    return {one.address: one.subject + one.text for one in session.scalars(select(Envelope))}


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


def test_nothing_said_stands_in_an_address_and_no_page_is_kept(
    visit: TestClient, centres: tuple[Office, Office]
) -> None:
    assert centres
    for page in ("", "/whom"):
        assert visit.get(f"/report{page}").headers["cache-control"] == "no-store"
    check = fill(visit, inside(0))
    assert check.headers["cache-control"] == "no-store"
    shown = visit.get("/report/where")
    assert shown.headers["cache-control"] == "no-store"
    assert "?" not in str(check.url) + str(shown.url)
    assert "data:image/svg+xml" in shown.text


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
    told = letters(session)
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
    with vault.opened(CLOCKWORK) as confidential:
        later = now() + timedelta(minutes=3)
        assert confidential.scalar(select(func.reports.forget_drafts(later))) == 1
    again = visit.get("/report/done", follow_redirects=False)
    assert again.headers["location"] == "/report"
    assert code not in visit.get("/report").text


def test_a_draft_is_sealed_lasts_a_day_and_is_its_browsers_own(
    app: FastAPI,
    visit: TestClient,
    vault: Vault,
    centres: tuple[Office, Office],
    later_runs: Callable[[datetime], int],
) -> None:
    assert centres
    fill(visit, inside(0))
    assert "이어서" in visit.get("/report").text
    with TestClient(app) as stranger:
        assert "이어서" not in stranger.get("/report").text
        assert stranger.get("/report/check").url.path == "/report/whom"
    with vault.opened(reporter()) as confidential:
        assert confidential.scalars(select(Draft)).all() == []
    later_runs(now() + timedelta(hours=23))
    assert "이어서" in visit.get("/report").text
    word = visit.cookies["report"]
    kept = vault.secret.digest("word of a draft", word)
    with vault.opened(reporter()) as confidential:
        draft_id = confidential.scalar(select(func.reports.draft_of(kept)))
    with vault.opened(reporter(draft_id)) as confidential:
        draft = confidential.get_one(Draft, draft_id)
        assert STORY.encode() not in draft.answers_sealed
        assert word.encode() not in draft.word_hash + draft.answers_sealed
    visit.post("/report/forget")
    assert "이어서" not in visit.get("/report").text
    fill(visit, inside(0))
    with vault.opened(CLOCKWORK) as confidential:
        tomorrow = now() + timedelta(hours=25)
        assert confidential.scalar(select(func.reports.forget_drafts(tomorrow))) == 1
    assert "이어서" not in visit.get("/report").text


def a_photo(**also: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", (2000, 1000), "orange").save(file, "JPEG", **also)
    return file.getvalue()


def test_a_photo_is_drawn_anew_and_sealed(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    fill(visit, inside(0))
    bad = visit.post("/report/photo", files={"photo": ("me.jpg", b"GIF89a no photo")})
    assert bad.status_code == 422
    files = {"photo": ("me.jpg", a_photo(comment=b"where I live"), "image/jpeg")}
    kept = visit.post("/report/photo", files=files, follow_redirects=False)
    assert kept.headers["location"] == "/report/check"
    assert "사진 빼기" in visit.get("/report/photo").text
    assert visit.post("/report/photo/removal").url.path == "/report/photo"
    assert "사진 빼기" not in visit.get("/report/photo").text
    visit.post("/report/photo", files=files)
    send(visit, "check", {})
    report = only_report(vault, centres[0])
    with vault.opened(caseworker(centres[0].id)) as confidential:
        photo = confidential.scalars(select(Photo)).one()
        image = image_of(seal_of(vault.ring, report.id), photo)
    assert b"where I live" not in image + photo.image_sealed
    assert Image.open(BytesIO(image)).size == (1600, 800)


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
    with vault.opened(caseworker(west.id)) as confidential:
        looks = confidential.scalars(select(Look).where(Look.thing_id == report.id)).all()
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
    letter = letters(session)["me@example.org"]
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
    letter = letters(session)["me@example.org"]
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


def test_the_service_itself_sees_no_report(
    session: Session, visit: TestClient, centres: tuple[Office, Office]
) -> None:
    assert centres
    tell(visit, inside(0))
    with pytest.raises(Exception, match="permission denied for schema reports"):
        session.execute(text("SELECT count(*) FROM reports.report"))


def test_no_figure_and_no_log_tells_that_somebody_told(
    visit: TestClient, centres: tuple[Office, Office]
) -> None:
    assert centres
    with capture_logs() as logged:
        tell(visit, inside(0))
        visit.get("/my/reports/00000000-0000-0000-0000-000000000000")
    assert {line["route"] for line in logged} == {"(discreet)"}
    assert {line["status"] for line in logged} == {200}
    assert not any("report" in str(value) for line in logged for value in line.values())
    figures = visit.get("/metrics").text
    assert 'route="(discreet)"' in figures
    assert 'route="/report' not in figures
