"""A resident becomes a watcher, shows the card, is read and thanked, comes along, and leaves.

`TEST_SHOTS=/some/folder` keeps a picture of every page that is looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_service.accounts.models import Person
from geo_service.areas.models import Area, Level, Register
from geo_service.clock import KOREA, now
from geo_service.db.embedded import Cluster
from geo_service.offices.models import OfficeKind, Role
from geo_service.watchers.files.training import the_training
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Town, a_town, people
from tests.factories import an_office
from tests.people import a_person, a_token, on_staff
from tests.watchers import a_benefit, a_watcher

LESSONS = the_training().lessons


@dataclass
class Alley:
    """A town with a district, a dong centre, its officer and a lead."""

    town: Town
    centre: UUID
    officer: Person
    lead: Person

    def token(self, person: Person) -> str:
        """The cookie of their browser."""
        with self.town.sessions() as session:
            return a_token(session, person)

    def person(self, **said: Any) -> Person:
        """A neighbour."""
        with self.town.sessions() as session:
            return a_person(session, **said)


@pytest.fixture(scope="module")
def alley(cluster: Cluster) -> Iterator[Alley]:
    with a_town(cluster, "browsing_watchers") as town:
        with town.sessions() as session:
            parent = None
            for level, name in ((Level.SIDO, "광주광역시"), (Level.SIGUNGU, "광산구")):
                area = Area(
                    level=level,
                    register=Register.BOTH,
                    name=name,
                    full_name=name,
                    parent_id=parent,
                )
                session.add(area)
                session.flush()
                parent = area.id
            centres = []
            for name in ("송정1동", "송정2동", "도산동"):
                dong = Area(
                    level=Level.DONG,
                    register=Register.ADMINISTRATIVE,
                    name=name,
                    full_name=f"광주광역시 광산구 {name}",
                    parent_id=parent,
                )
                session.add(dong)
                session.commit()
                said = {"answers_for_id": dong.id, "phone": "+82621234567", "area_id": dong.id}
                centres.append(an_office(session, name=f"{name} 행정복지센터", **said))
            gu = an_office(
                session, kind=OfficeKind.DISTRICT_OFFICE, name="광산구청", area_id=parent
            )
            for number in range(5):
                a_watcher(session, office_id=centres[1].id, name=f"지기{number}")
            a_benefit(session, office_id=gu.id, words="평일 첫 회부터, 동반 1명까지")
            officer = on_staff(session, centres[0].id, Role.OFFICER, name="김담당")
            lead = on_staff(session, gu.id, Role.DISTRICT_LEAD)
        yield Alley(town, centres[0].id, officer, lead)


@pytest.fixture
def enter(chromium: Browser, alley: Alley) -> Iterator[Callable[..., Page]]:
    """Somebody with a device, signed in; nobody is a stranger who reads cards."""
    with people(chromium, alley.town.address) as enter:
        yield lambda person, *args, **also: enter(
            alley.token(person) if person else "", *args, **also
        )


def learns(page: Page, words: dict[str, str], language: str) -> None:
    """Promise, be wrong once, answer, choose a dong, and say who one is."""
    looked_at(page, f"2-pledge-{language}")
    page.get_by_role("button", name=words["next"]).click()
    expect(page.locator("#faults")).to_be_focused()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=words["next"]).click()
    for place, lesson in enumerate(LESSONS):
        expect(page.get_by_role("heading", level=1)).to_have_text(getattr(lesson.title, language))
        right = next(choice for choice in lesson.choices if choice.right)
        if place == 0:
            wrong = lesson.choices[0]
            page.get_by_label(getattr(wrong.words, language)).check()
            page.get_by_role("button", name=words["answer"]).click()
            assert wrong.why is not None
            why = page.locator(".ask .wrong")
            expect(why).to_contain_text(getattr(wrong.why, language))
            looked_at(page, f"3-lesson-{language}")
        page.get_by_label(getattr(right.words, language)).check()
        page.get_by_role("button", name=words["answer"]).click()
    looked_at(page, f"4-dong-{language}")
    page.get_by_label("송정1동").check()
    page.get_by_role("button", name=words["next"]).click()
    page.get_by_label(words["phone"]).fill("010-1234-5678")
    looked_at(page, f"5-contact-{language}")
    page.get_by_role("button", name=words["next"]).click()
    page.get_by_label(words["name"]).fill("골목지기")
    looked_at(page, f"6-name-{language}")
    page.get_by_role("button", name=words["next"]).click()
    looked_at(page, f"7-check-{language}")
    page.get_by_role("button", name=words["join"], exact=True).click()


KOREAN = {
    "next": "다음",
    "answer": "답하기",
    "phone": "전화번호",
    "name": "카드 이름",
    "join": "가입하기",
}
ENGLISH = {
    "next": "Next",
    "answer": "Answer",
    "phone": "Phone number",
    "name": "Name on the card",
    "join": "Enrol",
}


def test_from_the_promise_to_leaving(alley: Alley, enter: Callable[..., Page]) -> None:
    phone = enter(alley.person(name="김이웃"), PHONE)
    phone.goto("/my")
    phone.get_by_role("main").get_by_role("link", name="시민찾동이").click()
    looked_at(phone, "1-watch")
    phone.get_by_role("link", name="가입하기").click()
    learns(phone, KOREAN, "ko")
    expect(phone.get_by_role("alert")).to_contain_text("가입을 보냈어요.")
    looked_at(phone, "8-waiting")
    desk = enter(alley.officer, DESKTOP)
    desk.goto("/office/watchers")
    looked_at(desk, "9-office")
    desk.get_by_role("link", name="골목지기").click()
    looked_at(desk, "10-one")
    desk.get_by_role("button", name="시민찾동이로 확인하기").click()
    expect(desk.get_by_role("alert")).to_contain_text("확인하고 알렸어요.")
    phone.reload()
    phone.get_by_role("link", name="내 카드 보기").click()
    expect(phone.locator(".watch-card")).to_contain_text("골목지기")
    expect(phone.locator(".watch-card")).to_contain_text("송정1동")
    looked_at(phone, "11-card")
    letters, partner = shown(phone), enter(None, PHONE)
    reads(partner, letters)
    phone.get_by_role("link", name="종이 카드").click()
    phone.get_by_role("button", name="종이 카드 만들기").click()
    expect(phone.locator(".paper .card-code svg")).to_be_visible()
    looked_at(phone, "15-paper")
    on_paper(phone)
    phone.goto("/my/watch")
    phone.get_by_text("그만두기", exact=True).click()
    looked_at(phone, "16-leave")
    phone.get_by_role("button", name="지우고 그만두기").click()
    expect(phone.get_by_role("alert")).to_contain_text("남은 기록은 없어요.")
    partner.goto(f"/card/{letters}")
    expect(partner.get_by_text("더 이상 쓰지 않는 카드예요.")).to_be_visible()


def reads(partner: Page, letters: str) -> None:
    """Whoever is shown the card sees what stands on it, counts a benefit, and is not fooled."""
    partner.goto(f"/card/{letters}")
    expect(partner.locator(".verdict")).to_have_text("맞는 카드예요")
    assert "김이웃" not in partner.content()
    looked_at(partner, "12-read")
    partner.get_by_role("button", name="혜택을 드렸어요").click()
    expect(partner.get_by_role("alert")).to_contain_text("이용을 한 번 셌어요.")
    expect(partner.get_by_text("셌어요", exact=True)).to_be_visible()
    looked_at(partner, "13-counted")
    partner.goto(f"/en/card/{letters}")
    expect(partner.locator(".verdict")).to_have_text("This card is good")
    partner.goto(f"/card/{letters[:-1]}{'A' if letters[-1] != 'A' else 'B'}")
    expect(partner.locator(".verdict")).to_have_text("확인되지 않았어요")
    looked_at(partner, "14-refused")


def shown(page: Page) -> str:
    """What the QR on this page says; on paper it is not printed, since it soon runs out."""
    page.emulate_media(media="print")
    expect(page.locator(".card-code")).not_to_be_visible()
    page.emulate_media(media="screen")
    letters = page.locator(".watch-card").get_attribute("data-token")
    assert letters is not None
    return letters


def on_paper(page: Page) -> None:
    """The printed card has the size of a bank card, and everything stands on it."""
    page.emulate_media(media="print")
    box = page.locator(".watch-card").bounding_box()
    assert box is not None
    assert abs(box["width"] / 96 * 25.4 - 86) < 1
    assert abs(box["height"] / 96 * 25.4 - 54) < 1
    for inside in (".card-who", ".card-dong", ".card-until", ".card-code svg"):
        part = page.locator(inside).bounding_box()
        assert part is not None
        assert part["x"] >= box["x"]
        assert part["y"] >= box["y"]
        assert part["x"] + part["width"] <= box["x"] + box["width"]
        assert part["y"] + part["height"] <= box["y"] + box["height"]
    page.emulate_media(media="screen")


def test_where_the_dong_says_so_in_english_at_a_desk_and_together(
    alley: Alley, enter: Callable[..., Page]
) -> None:
    officer = enter(alley.officer, DESKTOP)
    officer.goto(f"/en/office/watchers/terms/{alley.centre}")
    officer.get_by_label("Confirm at once whoever enrols").check()
    officer.get_by_label("With how many watchers").fill("1")
    looked_at(officer, "20-terms-en")
    officer.get_by_role("button", name="Save").click()
    desk = enter(alley.person(name="Jane"), DESKTOP)
    desk.goto("/en/watch")
    looked_at(desk, "21-watch-en")
    desk.get_by_role("link", name="Enrol").click()
    learns(desk, ENGLISH, "en")
    expect(desk.get_by_role("alert")).to_contain_text("You are a watcher now.")
    expect(desk.get_by_text("Nothing is planned yet.")).to_be_visible()
    officer.goto(f"/office/watchers/plan/{alley.centre}")
    day = now().astimezone(KOREA).date() + timedelta(days=3)
    officer.get_by_label("무엇을 하나요?").fill("골목 한 바퀴")
    officer.get_by_label("어디서 모이나요?").fill("행정복지센터 앞")
    officer.get_by_label("시작").fill(f"{day}T10:00")
    officer.get_by_label("끝").fill(f"{day}T12:00")
    officer.get_by_label("몇 명까지").fill("5")
    looked_at(officer, "22-plan")
    officer.get_by_role("button", name="넣고 모두에게 알리기").click()
    expect(officer.get_by_role("link", name="골목 한 바퀴")).to_be_visible()
    desk.reload()
    desk.get_by_role("button", name="I will come").click()
    expect(desk.get_by_text("You are coming")).to_be_visible()
    looked_at(desk, "23-mine-en")
    officer.reload()
    expect(officer.get_by_role("table")).to_contain_text("골목지기")
    looked_at(officer, "24-planned")
    officer.get_by_role("link", name="골목 한 바퀴").click()
    looked_at(officer, "25-activity")
    desk.get_by_role("link", name="Show my card").click()
    looked_at(desk, "26-card-en")
    desk.clock.install()
    desk.reload()
    with desk.expect_navigation():  # the same letters, if the second is the same
        desk.clock.fast_forward("06:00")
    expect(desk.locator(".watch-card")).to_be_visible()


def test_offices_offer_benefits_and_a_district_sees_sums(
    alley: Alley, enter: Callable[..., Page]
) -> None:
    desk = enter(alley.officer, PHONE)
    desk.goto("/office/benefits")
    looked_at(desk, "30-no-benefits")
    desk.get_by_role("link", name="혜택 올리기").click()
    desk.get_by_role("button", name="올리기").click()
    expect(desk.locator("#faults")).to_be_focused()
    desk.get_by_label("무슨 혜택인가요?").fill("작은 빵 하나")
    desk.get_by_label("어디에서 받나요?").fill("송정빵집")
    looked_at(desk, "31-new-benefit")
    desk.get_by_role("button", name="올리기").click()
    looked_at(desk, "32-benefits")
    desk.get_by_role("link", name="작은 빵 하나").click()
    looked_at(desk, "33-benefit")
    lead = enter(alley.lead, DESKTOP)
    lead.goto("/office/watchers/sums")
    expect(lead.get_by_role("row", name="송정2동")).to_contain_text("5")
    expect(lead.get_by_role("row", name="도산동")).to_contain_text("5 미만")
    looked_at(lead, "34-sums")
