"""A watcher tells, the right dong looks after it, and the district sees sums.

`TEST_SHOTS=/some/folder` keeps a picture of every page that is looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from geo_service.accounts.models import Person
from geo_service.confidential.models import Look
from geo_service.db.embedded import Cluster
from geo_service.mail.models import Envelope
from geo_service.reports.models import CaseFile
from tests.areas import inside
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Town, a_town, people
from tests.cases import Gu, a_case_of, a_gu, looks_in, told_to
from tests.people import a_person, a_token
from tests.reporting import STORY, SUBJECT
from tests.reports import a_report
from tests.watchers import a_watcher

NARROW = PHONE | {"viewport": {"width": 320, "height": 640}}


@dataclass
class District:
    """A town with two dongs, who works there, and a watcher."""

    town: Town
    gu: Gu
    watcher: Person

    def token(self, person: Person) -> str:
        """The cookie of somebody's browser."""
        with self.town.sessions() as session:
            return a_token(session, person)

    def letters(self) -> str:
        """All that was written to anybody."""
        with self.town.sessions() as session:
            return "".join(one.subject + one.text for one in session.scalars(select(Envelope)))


@pytest.fixture(scope="module")
def district(cluster: Cluster) -> Iterator[District]:
    with a_town(cluster, "browsing_cases") as town, town.sessions() as session:
        gu = a_gu(session)
        watcher = a_person(session, name="김지기", email="watcher@example.org")
        a_watcher(session, watcher, office_id=gu.west.id)
        yield District(town, gu, watcher)


@pytest.fixture
def enter(chromium: Browser, district: District) -> Iterator[Callable[..., Page]]:
    with people(chromium, district.town.address) as enter:
        yield enter


def onwards(page: Page, words: str = "다음") -> None:
    """To the next page, which may have the same button, and its scripts."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def tell(page: Page) -> None:
    """By account, about a neighbour in the western dong."""
    page.goto("/report")
    page.get_by_role("link", name="알리기 시작").click()
    page.get_by_label("그분에 대해 아는 것").fill(SUBJECT)
    onwards(page)
    page.get_by_role("button", name="지금 내가 있는 곳이에요").click()
    expect(page.get_by_role("button", name="핀 빼기")).to_be_visible()
    onwards(page)
    page.get_by_label("며칠째 보이지 않아요").check()
    onwards(page)
    page.get_by_label("본 것, 들은 것").fill(STORY)
    page.get_by_label("며칠 전부터").check()
    onwards(page)
    onwards(page)
    page.get_by_label("아직 몰라요").check()
    onwards(page)
    page.get_by_label("내 계정과 전자우편으로").check()
    onwards(page)
    onwards(page, "보내기")
    expect(page.get_by_role("link", name="내가 알린 일 보기")).to_be_visible()


def move(page: Page, stage: str) -> None:
    """By the select of the case."""
    page.get_by_label("옮길 단계").select_option(label=stage)
    onwards(page, "옮기기")


def look_after(kim: Page, park: Page) -> str:
    """From the board to the end, by the right dong's caseworker; the other finds nothing."""
    kim.goto("/office")
    looked_at(kim, "case-1-front")
    kim.get_by_role("link", name="맡을 알림").click()
    looked_at(kim, "case-2-board")
    kim.locator(".case-card a").click()
    expect(kim.get_by_text(STORY)).to_be_visible()
    looked_at(kim, "case-3-report")
    hidden_from(park, kim.url)
    onwards(kim, "내가 맡기")
    expect(kim.get_by_role("alert")).to_contain_text("맡았어요.")
    looked_at(kim, "case-4-case")
    address = kim.url
    hidden_from(park, address)
    onwards(kim, "적기")
    expect(kim.locator("#faults")).to_be_focused()
    kim.get_by_label("만나지 못했어요").check()
    onwards(kim, "적기")
    kim.get_by_label("만났거나 통화했어요").check()
    kim.get_by_label("적어 둘 말").fill("문을 열어 주셨어요")
    onwards(kim, "적기")
    kim.get_by_label("알린 분에게 답하기").fill("만나 뵈었어요. 고맙습니다")
    onwards(kim, "답 보내기")
    move(kim, "연계")
    expect(kim.locator("#faults")).to_be_focused()
    looked_at(kim, "case-5-connect")
    kim.get_by_label("어디에 연계했나요?").fill("긴급복지")
    onwards(kim, "옮기기")
    move(kim, "끝남")
    kim.get_by_label("어떻게 마무리했나요?").fill("도시락을 받고 계심")
    onwards(kim, "옮기기")
    expect(kim.get_by_text("도시락을 받고 계심")).to_be_visible()
    looked_at(kim, "case-6-closed")
    return address


def hidden_from(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404


def hear_of_it(phone: Page) -> None:
    """The stage, what the centre wrote, and nothing more."""
    phone.goto("/my/reports")
    phone.locator(".rows a").first.click()
    expect(phone.get_by_text("마쳤어요").first).to_be_visible()
    expect(phone.get_by_text("만나 뵈었어요. 고맙습니다")).to_be_visible()
    expect(phone.get_by_text("긴급복지")).to_have_count(0)
    looked_at(phone, "case-7-stage")


def review(lead: Page, number: str) -> None:
    """Sums, and who looked; no number of a case among them."""
    lead.goto("/office/figures")
    expect(lead.get_by_text("가림").first).to_be_visible()
    expect(lead.get_by_text(number)).to_have_count(0)
    looked_at(lead, "case-9-figures")
    lead.goto("/office/looks")
    expect(lead.get_by_role("row", name="김서동")).to_be_visible()
    looked_at(lead, "case-10-review")


def test_from_a_watchers_report_to_the_districts_sums(
    district: District, enter: Callable[..., Page]
) -> None:
    gu, vault = district.gu, district.town.vault
    place = inside(0)
    here = {"latitude": place.lat, "longitude": place.lng}
    watcher = district.token(district.watcher)
    phone = enter(watcher, PHONE, geolocation=here, permissions=["geolocation"])
    tell(phone)
    kim = enter(district.token(gu.kim), DESKTOP)
    park = enter(district.token(gu.park), DESKTOP)
    park.goto("/office/cases")
    expect(park.locator(".case-card")).to_have_count(0)
    address = look_after(kim, park)
    hear_of_it(phone)
    told = district.letters()
    assert "살펴보는 일을 마쳤어요" in told
    for secret in (STORY, SUBJECT, "긴급복지", "도시락", "고맙습니다"):
        assert secret not in told

    with kim.expect_navigation():
        kim.get_by_role("link", name="누가 열어 봤나요").click()
    looks = [thing for thing, _ in looks_in(vault, gu.west) if thing != "board"]
    assert {"report", "case", "looks"} <= set(looks)
    expect(kim.locator(".wide tbody tr")).to_have_count(len(looks))
    looked_at(kim, "case-8-looks")
    kim.emulate_media(media="print")
    expect(kim.get_by_role("navigation", name="업무")).to_be_hidden()
    on_east = select(Look.thing).where(Look.centre_id == gu.east.id, Look.thing != "board")
    assert told_to(vault, gu.east.id, on_east) == []

    for _ in range(5):  # enough to be counted
        a_report(vault, gu.west.id)
    lead = enter(district.token(gu.lead), DESKTOP)
    review(lead, told_to(vault, gu.west.id, select(CaseFile.number))[0])
    answer = lead.goto(address)
    assert answer is not None
    assert answer.status == 403


def test_a_colleague_on_the_phone_in_english(
    district: District, enter: Callable[..., Page], tmp_path: Path
) -> None:
    gu, vault = district.gu, district.town.vault
    case = a_case_of(vault, gu.west, gu.kim)
    a_report(vault, gu.west.id, routing="border", second_centre_id=gu.east.id)
    lee = enter(district.token(gu.lee), PHONE)
    lee.goto("/en/office/cases")
    looked_at(lee, "case-en-1-board")
    lee.goto(f"/en/office/cases/{case.id}")
    looked_at(lee, "case-en-2-purpose")
    lee.get_by_label("An urgent call came").check()
    onwards(lee, "Open the case")
    expect(lee.get_by_role("heading", name=f"Case {case.number}")).to_be_visible()
    looked_at(lee, "case-en-3-case")
    lee.get_by_role("link", name="Hand over").click()
    lee.get_by_label("Find a centre of another district").fill("동동")
    onwards(lee, "Search")
    lee.get_by_label("Centre that should take it").select_option(value=str(gu.east.id))
    looked_at(lee, "case-en-4-handover")
    onwards(lee, "Hand over")
    expect(lee.get_by_role("alert")).to_contain_text("The other centre is asked.")

    park = enter(district.token(gu.park), NARROW)
    park.goto("/office/cases")
    looked_at(park, "case-11-narrow")
    park.get_by_role("link", name=case.number).click()
    looked_at(park, "case-12-offered")
    onwards(park, "우리가 맡기")
    expect(park.get_by_role("alert")).to_contain_text("우리 센터가 맡았어요.")
    looked_at(park, "case-13-taken")

    lee.goto("/en/office/surveys")
    lee.get_by_label("Winter").check()
    lee.get_by_label("First day").fill("2026-12-01")
    lee.get_by_label("Last day").fill("2027-02-28")
    onwards(lee, "Make it")
    file = tmp_path / "households.csv"
    file.write_text("이름,주소,전화\n홍길동,광산로 9,010-1234-5678\n,광산로 10,\n", "utf-8")
    lee.get_by_label("File").set_input_files(file)
    onwards(lee, "Check")
    looked_at(lee, "case-en-5-list")
    onwards(lee, "Take 1 households in")
    looked_at(lee, "case-en-6-survey")
    lee.locator(".households a").click()
    lee.get_by_label("Needs help").check()
    onwards(lee, "Write it down")
    looked_at(lee, "case-en-7-household")
    onwards(lee, "Open a case")
    expect(lee.get_by_role("alert")).to_contain_text("Opened as a case.")
    lee.goto("/en/office/surveys")
    looked_at(lee, "case-en-8-surveys")
