"""A neighbour tells by receipt on a phone; another by account at a desk; the centre answers.

`TEST_SHOTS=/some/folder` keeps a picture of every page that is looked at.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.confidential.sealing import seal_of
from geo_service.db.embedded import Cluster
from geo_service.offices.models import Office
from geo_service.reports.models import Report, Routing, SaidBy
from geo_service.reports.workflow.opening import opened
from geo_service.reports.workflow.talking import say
from tests.areas import inside
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Town, a_town, people
from tests.people import a_person, a_token
from tests.reporting import STORY, SUBJECT, two_dongs
from tests.reports import caseworker


@dataclass
class Quarter:
    """Two dongs with their centres, and somebody who lives there."""

    town: Town
    west: UUID
    east: UUID
    person: Person

    def report(self, *centres: UUID) -> Report:
        """The latest that these centres were told."""
        with self.town.vault.opened(caseworker(*centres)) as session:
            return session.scalars(select(Report).order_by(Report.told_at.desc())).first()  # type: ignore[return-value]

    def token(self) -> str:
        """The cookie of that person's browser."""
        with self.town.sessions() as session:
            return a_token(session, self.person)


@pytest.fixture(scope="module")
def quarter(cluster: Cluster) -> Iterator[Quarter]:
    with a_town(cluster, "browsing_reports") as town, town.sessions() as session:
        west, east = two_dongs(session)
        yield Quarter(town, west.id, east.id, a_person(session, email="me@example.org"))


@pytest.fixture
def enter(chromium: Browser, quarter: Quarter) -> Iterator[Callable[..., Page]]:
    with people(chromium, quarter.town.address) as enter:
        yield enter


def onwards(page: Page, words: str = "다음") -> None:
    """To the next page, which may have the same button, and its scripts."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def tells_by_receipt(page: Page, photo: Path) -> str:
    """Every page, with a mistake on one and a change of mind on the last; the code."""
    page.goto("/report")
    expect(page.locator('a[href="tel:119"]').first).to_be_in_viewport()
    looked_at(page, "report-1-start")
    page.get_by_role("link", name="알리기 시작").click()
    page.get_by_label("그분에 대해 아는 것").fill(SUBJECT)
    looked_at(page, "report-2-whom")
    onwards(page)
    page.get_by_role("button", name="지금 내가 있는 곳이에요").click()
    expect(page.get_by_role("button", name="핀 빼기")).to_be_visible()
    looked_at(page, "report-3-where")
    page.get_by_label("어디인지 말로").fill("우체국 뒤 파란 대문")
    onwards(page)
    onwards(page)
    expect(page.locator("#faults")).to_be_focused()
    looked_at(page, "report-4-what")
    page.get_by_label("며칠째 보이지 않아요").check()
    onwards(page)
    page.get_by_label("본 것, 들은 것").fill(STORY)
    page.get_by_label("며칠 전부터").check()
    looked_at(page, "report-5-signs")
    onwards(page)
    page.get_by_label("사진").set_input_files(photo)
    looked_at(page, "report-6-photo")
    onwards(page)
    page.get_by_label("아직 몰라요").check()
    looked_at(page, "report-7-knows")
    onwards(page)
    expect(page.get_by_label("전자우편 주소")).not_to_be_visible()
    page.get_by_label("이름 없이, 확인 번호로").check()
    looked_at(page, "report-8-contact")
    onwards(page)
    looked_at(page, "report-9-check")
    page.get_by_role("link", name=re.compile("고치기.*언제부터")).click()
    page.get_by_label("몇 주 전부터").check()
    onwards(page)
    onwards(page, "보내기")
    looked_at(page, "report-10-done")
    return page.locator("#code").inner_text()


def test_a_neighbour_tells_by_receipt_and_the_centre_answers(
    quarter: Quarter, enter: Callable[..., Page], tmp_path: Path
) -> None:
    place = inside(0)
    here = {"latitude": place.lat, "longitude": place.lng}
    page = enter("", PHONE, geolocation=here, permissions=["geolocation"])
    Image.new("RGB", (1200, 900), "teal").save(tmp_path / "door.png")
    code = tells_by_receipt(page, tmp_path / "door.png")
    onwards(page, "확인 번호로 지금 열어 보기")
    page.get_by_label("더 알릴 말").fill("오늘 밤에도 불이 꺼져 있어요")
    onwards(page, "보내기")
    looked_at(page, "report-11-talk")
    onwards(page, "대화 닫기")

    report = quarter.report(quarter.west)
    vault = quarter.town.vault
    told = opened(seal_of(vault.ring, report.id), report)
    assert (report.routing, told.story, told.since) == (Routing.SURE, STORY, "weeks")
    with vault.opened(caseworker(quarter.west)) as session:
        ours = session.get_one(Report, report.id)
        say(session, vault.ring, ours, SaidBy.CENTRE, "내일 찾아가 볼게요", at=now())

    other = enter("", DESKTOP)
    other.goto("/report/receipt")
    other.get_by_label("확인 번호").fill("없는 번호")
    onwards(other, "열어 보기")
    looked_at(other, "report-12-receipt")
    other.get_by_label("확인 번호").fill(code.lower().replace("-", " "))
    onwards(other, "열어 보기")
    expect(other.get_by_text("내일 찾아가 볼게요")).to_be_visible()
    looked_at(other, "report-13-answer")
    other.goto(f"/report/done?{code}")
    expect(other.locator("#code")).to_have_count(0)


def test_somebody_signed_in_tells_in_english_where_two_dongs_meet(
    quarter: Quarter, enter: Callable[..., Page]
) -> None:
    place = inside(0.4999)
    here = {"latitude": place.lat, "longitude": place.lng}
    page = enter(quarter.token(), DESKTOP, geolocation=here, permissions=["geolocation"])
    page.goto("/en/report")
    looked_at(page, "report-en-1-start")
    page.get_by_role("link", name="Start telling").click()
    page.get_by_label("Myself").check()
    onwards(page, "Next")
    page.get_by_role("button", name="Where I am now").click()
    expect(page.get_by_role("button", name="Remove the pin")).to_be_visible()
    looked_at(page, "report-en-2-where")
    page.locator(".pinmap").click(position={"x": 128, "y": 128})
    onwards(page, "Next")
    page.get_by_label("Goes without meals").check()
    looked_at(page, "report-en-3-what")
    onwards(page, "Next")
    page.get_by_label("What you saw or heard").fill("I have had nothing to eat since Monday")
    page.get_by_label("For some days").check()
    onwards(page, "Next")
    onwards(page, "Next")
    page.get_by_label("Phone number").fill("010-1234-5678")
    looked_at(page, "report-en-4-contact")
    onwards(page, "Next")
    looked_at(page, "report-en-5-check")
    onwards(page, "Send")
    looked_at(page, "report-en-6-done")
    page.get_by_role("link", name="See what I reported").click()
    looked_at(page, "report-en-7-mine")
    page.locator(".rows a").first.click()
    looked_at(page, "report-en-8-stage")
    for centre in (quarter.west, quarter.east):
        assert quarter.report(centre).routing is Routing.BORDER
    with quarter.town.sessions() as session:
        assert session.get_one(Office, quarter.west).name == "서동 행정복지센터"
