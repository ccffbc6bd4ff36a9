"""Watchers in the browser and over HTTP."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
import segno
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from geo_service import tables
from geo_service.areas.models import Area, AreaCode, Level, Register
from geo_service.clock import KOREA, now
from geo_service.my.workflow import export_of
from geo_service.offices.models import Office, OfficeKind, Role
from geo_service.watchers.files.training import the_training
from geo_service.watchers.models import (
    Activity,
    Benefit,
    BenefitCount,
    Card,
    CardKey,
    CardKind,
    Watcher,
    WatcherState,
)
from geo_service.watchers.queries.members import membership_of
from geo_service.watchers.workflow.cards import make_card
from tests.factories import an_office
from tests.letters import letters_to
from tests.people import a_person, come_in, on_staff
from tests.watchers import a_benefit, a_card_shown, a_watcher, an_activity

HTML = {"Accept": "text/html"}
LESSONS = the_training().lessons
CODES = {Level.SIDO: "99", Level.SIGUNGU: "99100", Level.DONG: "9910050000"}


@pytest.fixture
def centre(session: Session) -> Office:
    """The centre of a dong, in a district."""
    parent = None
    for level, register, name in (
        (Level.SIDO, Register.BOTH, "시험도"),
        (Level.SIGUNGU, Register.BOTH, "시험구"),
        (Level.DONG, Register.ADMINISTRATIVE, "시험동"),
    ):
        area = Area(level=level, register=register, name=name, full_name=name, parent_id=parent)
        area.codes = [AreaCode(code=CODES[level], valid_during=Range(date(2020, 1, 1), None))]
        session.add(area)
        session.flush()
        parent = area.id
    session.commit()
    return an_office(session, name="시험동 행정복지센터", answers_for_id=parent)


def goes_on(browser: TestClient, step: str, said: dict[str, str], to: str) -> None:
    """One page, and the next."""
    answer = browser.post(f"/watch/join/{step}", data=said, headers=HTML)
    assert (answer.status_code, answer.headers.get("location")) == (303, to), answer.text[:2000]


def right(place: int) -> dict[str, str]:
    choices = LESSONS[place].choices
    return {"choice": str([choice.right for choice in choices].index(True))}


def learns(browser: TestClient, centre: Office) -> None:
    """Everything up to the last page."""
    goes_on(browser, "pledge", {"agreed": "true"}, f"/watch/join/{LESSONS[0].key}")
    for place, lesson in enumerate(LESSONS):
        after = LESSONS[place + 1].key if place + 1 < len(LESSONS) else "dong"
        goes_on(browser, lesson.key, right(place), f"/watch/join/{after}")
    goes_on(browser, "dong", {"office_id": str(centre.id)}, "/watch/join/contact")
    goes_on(browser, "contact", {"phone": "010-1234-5678"}, "/watch/join/name")
    goes_on(browser, "name", {"name": "골목지기"}, "/watch/join/check")


def test_a_resident_enrols_page_by_page(app: FastAPI, session: Session, centre: Office) -> None:
    person = a_person(session)
    with come_in(app, session, person) as browser:
        assert browser.get("/watch/join").headers["location"] == "/watch/join/pledge"
        assert browser.get("/watch/join/check").headers["location"] == "/watch/join"
        assert browser.get("/watch/join/nowhere", headers=HTML).status_code == 404
        first = LESSONS[0]
        goes_on(browser, "pledge", {"agreed": "true"}, f"/watch/join/{first.key}")
        wrong = next(n for n, choice in enumerate(first.choices) if not choice.right)
        refused = browser.post(f"/watch/join/{first.key}", data={"choice": str(wrong)})
        why = first.choices[wrong].why
        assert why is not None
        assert (refused.status_code, why.ko in refused.text) == (422, True)
        english = browser.post(f"/en/watch/join/{first.key}", data={"choice": str(wrong)})
        assert why.en in unescape(english.text)
        assert browser.get("/watch/join").headers["location"] == f"/watch/join/{first.key}"
        assert "이어서 가입하기" in browser.get("/watch").text
        learns(browser, centre)
        assert "시험동 행정복지센터" in browser.get("/watch/join/check").text
        goes_on(browser, "check", {}, "/my/watch")
        assert "확인을 기다려요" in browser.get("/my/watch").text
        assert browser.get("/watch/join/name").headers["location"] == "/my/watch"
        assert browser.get("/my/card").headers["location"] == "/my/watch"
    watcher = session.scalars(membership_of(person.id)).one()
    assert (watcher.name, watcher.phone, watcher.dong_name) == (
        "골목지기",
        "+821012345678",
        "시험동",
    )


def test_a_dong_is_found_by_its_name(app: FastAPI, session: Session, centre: Office) -> None:
    person = a_person(session)
    with come_in(app, session, person) as browser:
        learns(browser, centre)
        assert str(centre.id) in browser.get("/watch/join/dong?q=시험").text
        none = browser.get("/watch/join/dong?q=없는동")
        assert "그런 동을 찾지 못했어요" in none.text
        library = an_office(session, kind=OfficeKind.LIBRARY)
        for nowhere in (library.id, uuid4()):
            said = {"office_id": str(nowhere)}
            refused = browser.post("/watch/join/dong", data=said, headers=HTML)
            assert refused.status_code == 422
            assert "목록에 있는 동을 골라 주세요." in refused.text
        assert browser.get("/watch/join/check").status_code == 200, "what was chosen before stays"


def test_the_dong_centre_confirms_and_the_card_is_there(
    app: FastAPI, session: Session, centre: Office
) -> None:
    watcher = a_watcher(session, office_id=centre.id, state=WatcherState.WAITING)
    caseworker = on_staff(session, centre.id, Role.CASEWORKER)
    with come_in(app, session, caseworker) as desk:
        assert "골목지기" in desk.get("/office/watchers").text
        answer = desk.post(f"/office/watchers/{watcher.id}/confirm")
        assert answer.headers["location"] == "/office/watchers"
        again = desk.post(f"/office/watchers/{watcher.id}/confirm", headers=HTML)
        assert "이미 정해졌거나" in again.text
    with come_in(app, session, watcher.person) as browser:
        shown = browser.get("/my/card")
        assert shown.headers["cache-control"] == "no-store"
        assert "골목지기" in shown.text
        letters = re.search(r'data-token="([^"]+)"', shown.text)
        assert letters is not None
        code = segno.make(f"http://testserver/card/{letters[1]}", error="m", micro=False)
        assert code.svg_inline(scale=5, border=4, light="#fff", dark="#000", omitsize=True) in (
            shown.text
        )
        assert "맞는 카드예요" in browser.get(f"/card/{letters[1]}").text
        assert browser.post("/my/card").headers["location"] == "/my/card"
        browser.post("/my/card/paper")
        assert "골목지기" in browser.get("/my/card/paper").text
    kinds = session.scalars(select(Card.kind).where(Card.watcher_id == watcher.id)).all()
    assert set(kinds) == set(CardKind)


def test_who_is_turned_away_reads_why(app: FastAPI, session: Session, centre: Office) -> None:
    waits = a_watcher(session, office_id=centre.id, state=WatcherState.WAITING)
    watches = a_watcher(session, office_id=centre.id)
    with come_in(app, session, on_staff(session, centre.id)) as desk:
        assert "확인할 시민찾동이" in desk.get("/office").text
        here = f"/office/watchers/{waits.id}"
        empty = desk.post(f"{here}/decline", data={"reason": " "}, headers=HTML)
        assert empty.status_code == 422
        desk.post(f"{here}/decline", data={"reason": "다른 동에 사세요"})
        desk.post(f"/office/watchers/{watches.id}/end", data={"reason": "빌려주셨어요"})
    for watcher, reason in ((waits, "다른 동에 사세요"), (watches, "빌려주셨어요")):
        with come_in(app, session, watcher.person) as browser:
            page = browser.get("/my/watch").text
            assert reason in page
            assert "다시 가입하기" in page
            assert "사람이 확인한다는 표시만" in page
            browser.post("/my/watch/leaving")
            assert "사람이 확인한다는 표시만" in browser.get("/watch").text


def test_a_card_is_read_by_anybody_and_counted_once(
    app: FastAPI, session: Session, visit: TestClient, centre: Office
) -> None:
    watcher = a_watcher(session, office_id=centre.id)
    benefit = a_benefit(session, office_id=centre.id)
    letters = a_card_shown(session, watcher, secret=app.state.secret)
    page = visit.get(f"/card/{letters}")
    assert "맞는 카드예요" in page.text
    assert watcher.person.name not in page.text
    assert str(watcher.phone) not in page.text
    assert page.headers["cache-control"] == "no-store"
    for _ in range(2):
        use = visit.post(f"/card/{letters}/benefits/{benefit.id}/uses", follow_redirects=False)
        assert use.headers["location"] == f"/card/{letters}"
    assert "셌어요" in visit.get(f"/card/{letters}").text
    assert session.scalars(select(BenefitCount.uses)).all() == [1]
    other = a_benefit(session)
    foreign = visit.post(f"/card/{letters}/benefits/{other.id}/uses", headers=HTML)
    assert foreign.status_code == 404
    strange = {"Origin": "https://elsewhere.example"}
    forged = visit.post(f"/card/{letters}/benefits/{benefit.id}/uses", headers=strange)
    assert forged.status_code == 403


def test_reading_a_card_leaves_no_trace(
    session: Session, visit: TestClient, centre: Office
) -> None:
    letters = a_card_shown(session, a_watcher(session, office_id=centre.id))
    names = [table.name for table in tables.complete().sorted_tables if table.schema is None]
    counts = [text(f'SELECT count(*) FROM "{name}"') for name in names]  # noqa: S608
    before = [session.scalar(count) for count in counts]
    with capture_logs() as lines:
        assert visit.get(f"/card/{letters}").status_code == 200
        said = {"token": letters}
        assert visit.post("/api/v1/watchers/verification", json=said).status_code == 200
    assert lines
    assert letters not in str(lines)
    assert [session.scalar(count) for count in counts] == before


def test_a_bad_card_says_so_and_nothing_else(
    session: Session, visit: TestClient, centre: Office
) -> None:
    watcher = a_watcher(session, office_id=centre.id)
    letters = a_card_shown(session, watcher, at=now() - timedelta(minutes=11))
    over = visit.get(f"/card/{letters}", headers=HTML)
    assert over.status_code == 409
    assert "보여 준 시간이 지났어요" in over.text
    assert "골목지기" not in over.text
    nothing = visit.get(f"/en/card/{'A' * 116}")
    assert nothing.status_code == 404
    assert "Nobody here knows the key" in nothing.text or "not one of our cards" in nothing.text


def test_a_key_that_nobody_can_open_is_replaced_by_pressing_once(
    app: FastAPI, session: Session, centre: Office
) -> None:
    watcher = a_watcher(session, office_id=centre.id)
    with come_in(app, session, watcher.person) as browser:
        assert "카드 만들기" in browser.get("/my/card").text
        browser.post("/my/card")
        assert "<svg" in browser.get("/my/card").text
    assert len(session.scalars(select(CardKey)).all()) == 1


def test_a_watcher_renews_and_leaves(app: FastAPI, session: Session, centre: Office) -> None:
    soon = now().astimezone(KOREA) + timedelta(days=10)
    watcher = a_watcher(session, office_id=centre.id, valid_until=soon)
    person = watcher.person
    with come_in(app, session, person) as browser:
        assert "이어 가기" in browser.get("/my").text
        assert "1년 더 함께하시겠어요?" in browser.get("/my/watch").text
        browser.post("/my/watch/renewal")
        page = browser.get("/my/watch").text
        assert "1년 더 함께하시겠어요?" not in page
        assert "사람이 확인한다는 표시만" not in page
        early = browser.post("/my/watch/renewal", headers=HTML)
        assert "끝나기 60일 전부터" in early.text
        make_card(session, app.state.secret, watcher, CardKind.PAPER, at=now())
        session.commit()
        assert export_of(session, person, at=now())["watcher"][0]["name"] == "골목지기"
        assert browser.post("/my/watch/leaving").headers["location"] == "/watch"
        assert browser.get("/my/watch").headers["location"] == "/watch"
        for door in ("/my/watch/leaving", "/my/watch/renewal", "/my/card", "/my/card/paper"):
            assert browser.post(door).status_code == 303
    assert session.scalars(select(Card)).all() == []


def test_a_plan_from_its_first_line_to_what_became_of_it(
    app: FastAPI, session: Session, centre: Office
) -> None:
    watcher = a_watcher(session, office_id=centre.id)
    here = f"/office/watchers/plan/{centre.id}"
    line = {
        "what": "골목 한 바퀴",
        "meet_at": "센터 앞",
        "starts_at": f"{now() + timedelta(days=2):%Y-%m-%d}T10:00",
        "ends_at": f"{now() + timedelta(days=2):%Y-%m-%d}T12:00",
    }
    with come_in(app, session, on_staff(session, centre.id)) as desk:
        early = desk.post(here, data=line, headers=HTML)
        assert "정해 둔 수만큼 모이면" in early.text
        terms = f"/office/watchers/terms/{centre.id}"
        assert 'value="10"' in desk.get(terms).text
        assert desk.post(terms, data={"enough": "0"}, headers=HTML).status_code == 422
        desk.post(terms, data={"enough": "1", "version": "1"})
        backwards = desk.post(here, data=line | {"ends_at": line["starts_at"]}, headers=HTML)
        assert "끝나는 때가 시작보다 뒤여야 해요." in backwards.text
        assert desk.post(here, data=line).headers["location"] == here
        activity = session.scalars(select(Activity)).one()
        with come_in(app, session, watcher.person) as browser:
            door = f"/my/watch/activities/{activity.id}"
            browser.post(f"{door}/part")
            assert "못 가게 됐어요" in browser.get("/my/watch").text
            browser.post(f"{door}/absence")
            browser.post(f"{door}/part")
        office = f"/office/watchers/activities/{activity.id}"
        assert "골목지기" in desk.get(office).text
        stale = desk.post(office, data=line | {"what": "다른 것", "version": "9,x"}, headers=HTML)
        assert stale.status_code == 422
        version = re.search(r'name="version" value="([^"]+)"', desk.get(office).text)
        assert version is not None
        desk.post(office, data=line | {"what": "큰길 한 바퀴", "version": version[1]})
        session.refresh(activity)
        assert activity.what == "큰길 한 바퀴"
        early = desk.post(f"{office}/done", data={"came": "1"}, headers=HTML)
        assert "아직 시작하지 않은 활동이에요." in early.text
        activity.starts_at = now() - timedelta(hours=1)
        session.commit()
        assert "결과를 적어 주세요" in desk.get(here).text
        assert desk.post(f"{office}/done", data={"came": "1"}).headers["location"] == here
        dropped = an_activity(session, office_id=centre.id)
        other = f"/office/watchers/activities/{dropped.id}"
        assert desk.post(f"{other}/call-off").headers["location"] == here
        assert "이미 마쳤거나" in desk.post(f"{other}/call-off", headers=HTML).text
        page = desk.get(here).text
        assert "1명 왔어요" in page
        assert "취소됨" in page
    assert len(letters_to(session, str(watcher.person.email))) == 1


def test_an_office_offers_changes_and_ends_a_benefit(
    app: FastAPI, session: Session, visit: TestClient, centre: Office
) -> None:
    said = {"title": "영화 1,000원 할인", "partner": "송정시네마", "good_from": "2026-11-01"}
    with come_in(app, session, on_staff(session, centre.id)) as desk:
        backwards = desk.post("/office/benefits/new", data=said | {"good_until": "2026-10-01"})
        assert "마지막 날이 첫날보다 앞서요." in backwards.text
        desk.post("/office/benefits/new", data=said)
        benefit = session.scalars(select(Benefit)).one()
        assert "영화 1,000원 할인" in desk.get("/office/benefits").text
        assert "송정시네마" in visit.get("/watch").text
        here = f"/office/benefits/{benefit.id}"
        version = re.search(r'name="version" value="([^"]+)"', desk.get(here).text)
        assert version is not None
        desk.post(here, data=said | {"title": "영화 2,000원 할인", "version": version[1]})
        session.refresh(benefit)
        assert (benefit.title, benefit.version) == ("영화 2,000원 할인", 2)
        assert desk.post(f"{here}/end").headers["location"] == "/office/benefits"
        assert "이미 끝낸 혜택이에요." in desk.post(f"{here}/end", headers=HTML).text
    assert "송정시네마" not in visit.get("/watch").text


def test_a_district_sees_sums_and_no_number_of_few(
    app: FastAPI, session: Session, centre: Office
) -> None:
    dong = session.get_one(Area, centre.answers_for_id)
    said = {"kind": OfficeKind.DISTRICT_OFFICE, "name": "시험구청", "area_id": dong.parent_id}
    lead = on_staff(session, an_office(session, **said).id, Role.DISTRICT_LEAD)
    for number in range(5):
        a_watcher(session, office_id=centre.id, name=f"지기{number}")
        with come_in(app, session, lead) as desk:
            page = desk.get("/office/watchers/sums").text
        assert ("5 미만" in page) == (number < 4)
    assert "지기" not in page


def test_who_works_elsewhere_sees_nothing(app: FastAPI, session: Session, centre: Office) -> None:
    watcher = a_watcher(session, office_id=centre.id, name="버드나무")
    library = an_office(session, kind=OfficeKind.LIBRARY)
    with come_in(app, session, on_staff(session, library.id)) as desk:
        page = desk.get("/office/watchers")
        assert "버드나무" not in page.text
        assert "시민찾동이는 동 행정복지센터에서 함께해요." in page.text
        assert desk.get(f"/office/watchers/{watcher.id}", headers=HTML).status_code == 404
        assert desk.get(f"/office/watchers/terms/{library.id}", headers=HTML).status_code == 404
    assert session.get_one(Watcher, watcher.id).state is WatcherState.CONFIRMED
