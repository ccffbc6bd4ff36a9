"""The whole life of a public job, by two people with two devices: posting to both reviews."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.db.embedded import Cluster
from geo_service.offices.models import Office
from geo_service.trust.tasks import open_rounds
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Enter, Town, a_town, people
from tests.factories import HOME, a_job, an_office
from tests.jobs import OFFICE
from tests.people import a_person, a_token, on_staff
from tests.programmes import a_programme
from tests.urgent import free_at

TITLE = "작은도서관 책 정리"


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    with a_town(cluster, "whole_life") as town:
        yield town


@pytest.fixture
def enter(chromium: Browser, town: Town) -> Iterator[Enter]:
    with people(chromium, town.address) as enter:
        yield enter


@pytest.fixture
def begins() -> datetime:
    """When the work does: soon enough for the code of the day, late enough to be hired before."""
    soon = now().astimezone(KOREA) + timedelta(minutes=40)
    return soon.replace(second=0, microsecond=0)


def settle(session: Session, day: date) -> tuple[Person, Person]:
    """An officer whose office has money, and a neighbour."""
    office: Office = an_office(session, name="시험작은도서관", **OFFICE)
    a_programme(
        session,
        office_id=office.id,
        name="광산시민수당",
        budget_won=120_000,
        valid_from=day - timedelta(days=30),
        valid_until=day + timedelta(days=30),
        minutes_in_all=6_000,
    )
    return on_staff(session, office.id, name="이담당"), a_person(session, name="김이웃")


def post(desk: Page, begins: datetime) -> str:
    """Two hours of work, from soon on, paid by the programme; its id."""
    desk.goto("/office/jobs/new")
    desk.get_by_label("무슨 일인가요?").fill(TITLE)
    desk.get_by_label("받는 돈").fill("12,000")
    desk.get_by_label("수당 사업").select_option(label="광산시민수당")
    for label in ("첫날", "마지막 날"):
        desk.get_by_label(label).fill(f"{begins:%Y-%m-%d}")
    weekday = "월화수목금토일"[begins.weekday()]
    days = desk.get_by_role("group", name="일하는 요일").first
    days.get_by_label(weekday, exact=True).check()
    desk.get_by_label("시작 시각").first.fill(f"{begins:%H:%M}")
    desk.get_by_label("끝 시각").first.fill(f"{begins + timedelta(hours=2):%H:%M}")
    desk.get_by_role("button", name="다 썼어요").click()
    expect(desk.get_by_text("공개했어요.")).to_be_visible()
    looked_at(desk, "life-1-posted")
    return desk.url.rpartition("/")[2]


def find_and_apply(phone: Page) -> None:
    """From the map around home to the number of the application."""
    phone.goto(f"/?lat={HOME.lat}&lng={HOME.lng}")
    expect(phone.locator(".svgmap .mappin").first).to_be_attached()
    phone.get_by_role("link", name=TITLE).click()
    looked_at(phone, "life-2-found")
    phone.get_by_role("link", name="신청하기").click()
    phone.get_by_role("button", name="다음").click()
    phone.get_by_label("전화번호").fill("010-1234-5678")
    phone.get_by_role("button", name="다음").click()
    phone.get_by_role("button", name="신청 보내기").click()
    expect(phone.get_by_role("heading", name="신청이 들어갔어요")).to_be_visible()
    looked_at(phone, "life-3-applied")


def attend(phone: Page, code: str) -> None:
    """The code on the wall, typed on the phone."""
    phone.goto("/my")
    expect(phone.get_by_role("link", name=TITLE).first).to_be_visible()
    looked_at(phone, "life-5-my")
    phone.goto("/my/shifts")
    phone.get_by_role("link", name="출석하기").click()
    phone.get_by_label("출석 번호").fill(code)
    phone.get_by_role("button", name="출석하기").click()
    expect(phone.get_by_role("alert")).to_contain_text("출석했어요.")
    looked_at(phone, "life-6-attended")


def three_hours_pass(town: Town) -> None:
    """The work is over: its time is put back, since nobody waits for a clock."""
    with town.sessions.begin() as session:
        session.execute(
            text(
                "UPDATE shift SET during = tstzrange(lower(during) - interval '3 hours',"
                " upper(during) - interval '3 hours')"
            )
        )


def review(page: Page, line: str) -> None:
    """Yes to both questions, and a line."""
    yes = page.get_by_label("네", exact=True)
    expect(yes).to_have_count(2)
    for answer in yes.all():
        answer.check()
    page.get_by_label("한 줄로 남기기").fill(line)
    page.get_by_role("button", name="후기 남기기").click()
    expect(page.get_by_role("alert")).to_contain_text("후기를 남겼어요.")


def test_from_a_posting_to_both_reviews(town: Town, enter: Enter, begins: datetime) -> None:
    day = begins.date()
    with town.sessions() as session:
        officer, neighbour = settle(session, day)
        desk = enter(a_token(session, officer), DESKTOP)
        phone = enter(a_token(session, neighbour), PHONE)
    job = post(desk, begins)
    find_and_apply(phone)

    desk.goto(f"/office/jobs/{job}/applications")
    desk.get_by_role("button", name="규칙대로 정하기").click()
    expect(desk.get_by_role("alert")).to_contain_text("규칙대로 정하고 모두에게 알렸어요.")
    looked_at(desk, "life-4-decided")
    phone.goto("/my/applications")
    expect(phone.locator(".status").first).to_have_text("확정")

    desk.goto(f"/office/attendance/code?on={day}")
    attend(phone, desk.locator(".code").inner_text())
    three_hours_pass(town)
    desk.goto(f"/office/attendance?on={day}")
    expect(desk.get_by_role("row", name="김이웃")).to_contain_text("출석")
    desk.get_by_role("button", name="시간 확정").click()
    expect(desk.get_by_role("row", name="김이웃")).to_contain_text("24,000원")
    desk.goto(f"/office/pay?month={day:%Y-%m}")
    expect(desk.locator(".pay-total")).to_contain_text("24,000원")
    looked_at(desk, "life-7-paid")
    desk.goto("/office/budget")
    expect(desk.locator(".budgets")).to_contain_text("96,000원")

    with town.sessions.begin() as session:
        open_rounds(session, {}, now())
    phone.goto("/my")
    phone.get_by_role("link", name="후기 쓰기").click()
    review(phone, "설명한 그대로였어요")
    expect(phone.get_by_text("약속을 잘 지켰어요")).to_have_count(0)
    desk.goto("/office/reviews")
    desk.get_by_role("link", name="후기 쓰기").click()
    review(desk, "약속을 잘 지켰어요")
    phone.goto("/my/record")
    expect(phone.get_by_text("약속을 잘 지켰어요")).to_be_visible()
    expect(phone.get_by_text("답한 1명 가운데")).to_have_count(2)
    looked_at(phone, "life-8-record")


def test_an_urgent_call_is_taken_by_the_first(town: Town, enter: Enter) -> None:
    with town.sessions() as session:
        job = a_job(session, title="급식 돕기", place=HOME)
        officer = on_staff(session, job.office_id)
        neighbours = [a_person(session), free_at(session, 100), free_at(session, 100)]
        desk = enter(a_token(session, officer), DESKTOP)
        new, first, second = (enter(a_token(session, person), PHONE) for person in neighbours)
    new.goto("/my/calls")
    new.locator(".blocks label").first.click()
    new.get_by_role("button", name="저장").click()
    expect(new.locator(".blocks input:checked")).to_have_count(1)
    looked_at(new, "urgent-1-free")
    desk.goto(f"/office/jobs/{job.id}")
    desk.get_by_role("link", name="급히 부르기").click()
    desk.get_by_role("button", name="지금 부르기").click()
    expect(desk.get_by_role("heading", name="부르고 있어요")).to_be_visible()
    looked_at(desk, "urgent-2-ringing")
    for phone in (first, second):
        phone.goto("/my")
        phone.get_by_role("link", name="급한 일손").first.click()
        looked_at(phone, "urgent-3-asked")
    first.get_by_role("button", name="제가 할게요").click()
    expect(first.get_by_role("heading", name="급식 돕기")).to_be_visible()
    second.get_by_role("button", name="제가 할게요").click()
    expect(second.get_by_role("alert").first).to_contain_text("이 호출은 끝났어요.")
    desk.reload()
    expect(desk.get_by_role("heading", name="자리가 찼어요")).to_be_visible()
    desk.goto(f"/office/jobs/{job.id}")
    desk.get_by_role("link", name="신청한 사람").click()
    expect(desk.get_by_role("heading", name="확정 1명")).to_be_visible()
