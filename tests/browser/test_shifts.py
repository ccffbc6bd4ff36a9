"""An officer sets money aside, notes who came and prints what is paid; a worker says "here"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.db.embedded import Cluster
from geo_service.db.session import Sessions
from geo_service.programmes.models import Programme
from geo_service.shifts.models import Shift
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.test_reading import SMALL_TARGETS, TOUCH_PX, violations
from tests.browser.town import Enter, Town, a_town, people
from tests.factories import HOME, an_office
from tests.people import a_person, a_token, on_staff
from tests.shifts import a_shift_now

TODAY = now().astimezone(KOREA).date()


@dataclass
class Workplace:
    """A town, an officer and a worker by their cookies."""

    town: Town
    officer: str
    worker: str

    @property
    def sessions(self) -> Sessions:
        """What the town holds."""
        return self.town.sessions

    @property
    def day(self) -> date:
        """On which the worker works."""
        with self.sessions() as session:
            return session.scalars(select(Shift.work_on)).all()[0]


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Workplace]:
    with a_town(cluster, "browsing_shifts") as town:
        with town.sessions() as session:
            officer = a_token(session, on_staff(session, an_office(session, place=HOME).id))
            worker = a_token(session, a_person(session, name="김이음", email="worker@example.org"))
        yield Workplace(town, officer, worker)


@pytest.fixture
def enter(chromium: Browser, town: Workplace) -> Iterator[Enter]:
    with people(chromium, town.town.address) as enter:
        yield enter


def has_no_faults(page: Page) -> None:
    """For axe, for thumbs and for narrow screens."""
    assert (page.url, violations(page)) == (page.url, [])
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert (page.url, page.evaluate(SMALL_TARGETS, TOUCH_PX)) == (page.url, [])


def begin_work(town: Workplace, programme_id: str) -> None:
    """Three people began an hour ago: the worker, and two who have no telephone."""
    with town.sessions() as session:
        programme = session.get_one(Programme, UUID(programme_id))
        worker = session.scalars(select(Person).where(Person.name == "김이음")).one()
        first = a_shift_now(session, worker.id, programme)
        for name in ("박동네", "이도서"):
            other = a_shift_now(session, a_person(session, name=name).id, programme)
            other.job_id = first.job_id
        session.commit()


def set_money_aside(desk: Page) -> str:
    """Set up a programme, at first with too little pay; its id."""
    desk.goto("/office/budget")
    expect(desk.get_by_text("아직 사업이 없어요.")).to_be_visible()
    has_no_faults(desk)
    desk.get_by_role("link", name="사업 만들기").click()
    desk.get_by_label("사업 이름").fill("광산시민수당")
    desk.get_by_label("예산").fill("1,200,000원")
    desk.get_by_label("시간당 수당").fill("9,000")
    desk.get_by_label("시작하는 날").fill(str(TODAY - timedelta(days=1)))
    desk.get_by_label("끝나는 날").fill(str(TODAY + timedelta(days=30)))
    desk.get_by_label("모두 합해서").fill("100")
    desk.get_by_role("button", name="만들기").click()
    expect(desk.get_by_role("alert")).to_contain_text("10,320원 이상이어야 해요.")
    has_no_faults(desk)
    desk.get_by_label("시간당 수당").fill("12,000")
    desk.get_by_role("button", name="만들기").click()
    expect(desk.get_by_role("heading", name="광산시민수당")).to_be_visible()
    return desk.url.rpartition("/")[2]


def say_here(phone: Page, code: str) -> None:
    """The worker types the code, at first a wrong one."""
    phone.goto("/my/shifts")
    has_no_faults(phone)
    phone.get_by_role("link", name="출석하기").click()
    phone.get_by_label("출석 번호").fill("1")
    phone.get_by_role("button", name="출석하기").click()
    expect(phone.get_by_role("alert")).to_contain_text("오늘의 출석 번호가 아니에요.")
    has_no_faults(phone)
    phone.get_by_label("출석 번호").fill(code)
    phone.get_by_role("button", name="출석하기").click()
    expect(phone.get_by_role("alert")).to_contain_text("출석했어요.")


def note_the_day(desk: Page, day: date) -> None:
    """The worker is there by code; one did not come, one worked shorter."""
    desk.goto(f"/office/attendance?on={day}")
    has_no_faults(desk)
    expect(desk.get_by_role("row", name="김이음")).to_contain_text("출석")
    for name in ("김이음", "박동네"):
        desk.get_by_role("checkbox", name=name).uncheck()
    desk.get_by_role("button", name="안 왔어요").click()
    expect(desk.get_by_role("alert")).to_contain_text("오지 않은 것으로 적었어요.")
    expect(desk.get_by_role("checkbox", name="이도서")).not_to_be_checked()
    desk.get_by_role("textbox", name="박동네").fill("150")
    desk.get_by_role("button", name="시간 확정").click()
    expect(desk.get_by_role("row", name="박동네")).to_contain_text("30,000원")


def test_from_a_budget_to_a_pay_sheet(town: Workplace, enter: Enter) -> None:
    desk, phone = enter(town.officer, DESKTOP), enter(town.worker, PHONE)
    begin_work(town, set_money_aside(desk))
    day = town.day
    desk.reload()
    expect(desk.get_by_role("row", name="김이음")).to_contain_text("97시간")
    has_no_faults(desk)
    desk.goto(f"/office/attendance/code?on={day}")
    has_no_faults(desk)
    say_here(phone, desk.locator(".code").inner_text())
    note_the_day(desk, day)
    desk.goto(f"/office/pay?month={day:%Y-%m}")
    expect(desk.locator(".pay-total")).to_contain_text("66,000원")
    expect(desk.get_by_role("table", name="근무마다").get_by_role("row")).to_have_count(3)
    has_no_faults(desk)
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="엑셀로 받기").click()
    assert coming.value.suggested_filename == f"pay-{day:%Y-%m}.xlsx"
    desk.emulate_media(media="print")
    expect(desk.get_by_role("table", name="사람마다")).to_be_visible()
    expect(desk.get_by_role("link", name="엑셀로 받기")).to_be_hidden()
    desk.goto(f"/office/attendance/list?on={day}")
    expect(desk.get_by_role("columnheader", name="서명")).to_be_visible()
    expect(desk.get_by_role("navigation", name="업무")).to_be_hidden()
    papers = len(re.findall(rb"/Type\s*/Page\b", desk.pdf(format="A4")))
    assert papers == 1, "one job is one sheet"


def test_the_offices_pages_fit_the_narrowest_phone(town: Workplace, enter: Enter) -> None:
    phone = enter(town.officer, PHONE | {"viewport": {"width": 320, "height": 640}})
    day, month = f"on={town.day}", f"month={town.day:%Y-%m}"
    for door in (
        "/office/budget",
        "/office/budget/new",
        f"/office/attendance?{day}",
        f"/office/attendance/list?{day}",
        f"/office/pay?{month}",
        f"/en/office/pay?{month}",
    ):
        phone.goto(door)
        has_no_faults(phone)
    phone.goto("/office/budget")
    phone.locator(".budgets a").first.click()
    phone.get_by_text("사업 고치기").click()
    has_no_faults(phone)
