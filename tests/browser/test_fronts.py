"""The front pages as people use them: what waits, two free hours, and leaving for good.

`TEST_SHOTS=/some/folder` keeps a picture of every page that is looked at.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_service.clock import now
from geo_service.db.embedded import Cluster
from geo_service.hiring.workflow.choosing import offer
from geo_service.offices.models import Office
from geo_service.spaces.models import Wish
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow.holding import book
from geo_service.trust.workflow.reviewing import round_of
from tests.accounts import PASSWORD, with_password
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Enter, Town, a_town, people
from tests.factories import HOME, a_job, an_office, walk
from tests.hiring import an_application
from tests.jobs import OFFICE, a_draft
from tests.people import a_person, a_token, on_staff
from tests.programmes import a_programme
from tests.shifts import a_shift_now
from tests.spaces import a_room, tomorrow
from tests.trust import confirmed_work, hired_work
from tests.urgent import a_call


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    with a_town(cluster, "fronts") as town:
        yield town


@pytest.fixture
def enter(chromium: Browser, town: Town) -> Iterator[Enter]:
    with people(chromium, town.address) as enter:
        yield enter


def has_no_faults(page: Page) -> None:
    """The same as `looked_at`, and every way is wide enough to tap."""
    looked_at(page, page.url.split("/", 3)[3].partition("?")[0].replace("/", "-"))
    small = "[...document.querySelectorAll('main a, main button')].filter(a => a.offsetParent)"
    assert page.evaluate(f"{small}.every(a => a.getBoundingClientRect().height >= 24)"), page.url


def said(office: Office, title: str) -> dict[str, Any]:
    return {"office_id": office.id, "title": title}


def test_a_resident_sees_what_waits_and_leaves_for_good(town: Town, enter: Enter) -> None:
    with town.sessions() as session:
        me, today = with_password(session, name="김이웃"), korean_day(now())
        offered = an_application(session, a_job(session, title="화분 옮기기"), me, at=now())
        offer(session, offered, at=now())
        days = {"works_from": today + timedelta(days=1), "works_until": today + timedelta(days=9)}
        hired_work(session, me, **days)
        book(session, a_room(session).id, me, Wish(tomorrow(10, 12)), at=now())
        round_of(session, confirmed_work(session, me, when=now()), at=now())
        session.commit()
        token = a_token(session, me)
    phone: Page = enter(token)
    phone.goto("/my")
    expect(phone.get_by_role("heading", name="지금 할 일")).to_be_visible()
    has_no_faults(phone)
    phone.get_by_role("link", name="화분 옮기기").click()
    phone.get_by_role("link", name="내 신청").first.wait_for()
    phone.goto("/my/export")
    has_no_faults(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="파일 내려받기").click()
    assert "김이웃" in download.value.path().read_text()
    phone.goto("/my/leave")
    has_no_faults(phone)
    phone.get_by_role("button", name="탈퇴하기").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    has_no_faults(phone)
    phone.get_by_label("지금 쓰는 비밀번호").fill(PASSWORD)
    phone.get_by_label("모두 지워지고").check()
    phone.get_by_role("button", name="탈퇴하기").click()
    expect(phone.get_by_text("탈퇴했어요.")).to_be_visible()
    phone.goto("/my")
    expect(phone).to_have_url(f"{town.address}/login?next=/my")


@pytest.mark.parametrize("device", [PHONE, DESKTOP])
def test_an_officer_sees_what_waits_today(town: Town, enter: Enter, device: dict[str, Any]) -> None:
    with town.sessions() as session:
        office = an_office(session, **OFFICE)
        for title in ("화분 옮기기", "책 정리"):
            job = a_job(session, **said(office, title))
            an_application(session, job, at=now())
        hired_work(session, **said(office, "경로당 점심"))
        a_call(session, now(), **said(office, "급식 돕기"))
        terms = {"budget_won": 40_000, "valid_until": korean_day(now())}
        programme = a_programme(session, office_id=office.id, **terms)
        a_shift_now(session, a_person(session).id, programme)
        a_draft(session, office=office)
        token = a_token(session, on_staff(session, office.id))
    desk: Page = enter(token, device)
    desk.goto("/office")
    has_no_faults(desk)
    expect(desk.get_by_role("link", name="급식 돕기")).to_be_visible()
    desk.get_by_role("link", name="정하지 않은 신청").click()
    expect(desk.get_by_role("heading", name="기다리는 신청")).to_be_visible()
    has_no_faults(desk)
    desk.get_by_role("link", name="책 정리").click()
    expect(desk.get_by_role("heading", name="신청한 사람")).to_be_visible()


def test_two_free_hours_from_the_home_page_to_a_room(town: Town, enter: Enter) -> None:
    with town.sessions() as session:
        a_room(session, title="늘 여는 방", place=walk(200), open_week=None)
    here = {"latitude": HOME.lat, "longitude": HOME.lng}
    phone: Page = enter(geolocation=here, permissions=["geolocation"])
    phone.goto("/?lat=34&lng=124")
    phone.get_by_role("link", name="지금 두 시간").click()
    expect(phone.get_by_text("지금 할 수 있는 것이 없어요")).to_be_visible()
    has_no_faults(phone)
    phone.get_by_role("button", name="내 위치에서 찾기").click()
    expect(phone.get_by_role("link", name="늘 여는 방")).to_be_visible()
    has_no_faults(phone)
    phone.get_by_role("link", name="1시간", exact=True).click()
    expect(phone).to_have_url(f"{town.address}/now?lat={HOME.lat}&lng={HOME.lng}&minutes=60")
    phone.get_by_role("link", name="늘 여는 방").click()
    expect(phone.get_by_role("heading", name="늘 여는 방")).to_be_visible()
