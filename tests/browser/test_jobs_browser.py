"""An officer writes a job at a desk and on a phone; a neighbour finds it on the map."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_service.clock import KOREA, now
from geo_service.db.embedded import Cluster
from geo_service.later.running import run_due
from geo_service.offices.models import Role
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.town import Town, a_town, people
from tests.facility_rows import csv_text, numbered, room
from tests.factories import HOME, an_office
from tests.jobs import OFFICE
from tests.people import a_token, on_staff

FIRST = now().astimezone(KOREA).date() + timedelta(days=7)
LAST = FIRST + timedelta(days=20)


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    with a_town(cluster, "browsing_jobs") as town:
        yield town


@pytest.fixture(scope="module")
def officer(town: Town) -> str:
    """The cookie of one."""
    with town.sessions() as session:
        return a_token(session, on_staff(session, an_office(session, **OFFICE).id))


@pytest.fixture
def enter(chromium: Browser, town: Town, officer: str) -> Iterator[Callable[..., Page]]:
    """The officer, with a device."""
    with people(chromium, town.address) as enter:
        yield partial(enter, officer)


def write(page: Page, title: str) -> None:
    """All but the place and the pay."""
    page.get_by_label("무슨 일인가요?").fill(title)
    page.get_by_label("첫날").fill(FIRST.isoformat())
    page.get_by_label("마지막 날").fill(LAST.isoformat())
    for day in ("월", "수"):
        page.get_by_role("group", name="일하는 요일").first.get_by_label(day, exact=True).check()
    page.get_by_label("시작 시각").first.fill("10:00")
    page.get_by_label("끝 시각").first.fill("13:00")


def test_an_officer_writes_a_job_that_a_neighbour_finds_on_the_map(enter: Any) -> None:
    desk = enter(DESKTOP)
    desk.goto("/office/jobs")
    expect(desk.get_by_text("아직 쓴 글이 없어요.")).to_be_visible()
    with desk.expect_navigation():  # its script hears what is typed
        desk.get_by_role("link", name="새 일자리 쓰기").first.click()
    write(desk, "책 정리 돕기")
    desk.get_by_label("받는 돈").fill("9,000")
    card = desk.get_by_role("complementary")
    expect(card).to_contain_text("책 정리 돕기")
    expect(card).to_contain_text("월 10:00–13:00 · 수 10:00–13:00")
    expect(card).to_contain_text("9,000원")
    looked_at(desk)
    desk.get_by_role("button", name="다 썼어요").click()
    expect(desk.get_by_role("alert")).to_contain_text("10,320원 이상이어야 해요.")
    expect(desk.get_by_label("무슨 일인가요?")).to_have_value("책 정리 돕기")
    looked_at(desk)
    desk.get_by_label("받는 돈").fill("11,500")
    desk.get_by_role("button", name="다 썼어요").click()
    expect(desk.get_by_text("공개했어요.")).to_be_visible()
    looked_at(desk)

    phone = enter(PHONE)
    phone.goto(f"/?lat={HOME.lat}&lng={HOME.lng}")
    expect(phone.locator(".cards")).to_contain_text("책 정리 돕기")
    expect(phone.locator(".svgmap .mappin").first).to_be_attached()
    phone.get_by_role("link", name="책 정리 돕기").click()
    expect(phone.get_by_role("link", name="신청하기")).to_be_visible()
    looked_at(phone)

    desk.get_by_role("button", name="모집 마감하기").click()
    phone.reload()
    expect(phone.get_by_text("모집이 끝났어요.")).to_be_visible()
    desk.get_by_role("button", name="되돌리기").click()
    expect(desk.get_by_text("다시 모집해요.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("link", name="신청하기")).to_be_visible()


def test_a_place_is_tapped_on_the_map_without_scripts(enter: Any) -> None:
    phone = enter(PHONE, java_script_enabled=False)
    phone.goto("/office/jobs/new")
    write(phone, "나무 돌보기")
    phone.get_by_label("받는 돈").fill("11500")
    phone.get_by_label("다른 곳에서").check()
    phone.locator("[name=pin]").click(position={"x": 128, "y": 40})
    expect(phone.locator("[name=lat]")).not_to_have_value("")
    expect(phone.get_by_label("무슨 일인가요?")).to_have_value("나무 돌보기")
    phone.get_by_label("초안으로 담아 두기").check()
    phone.get_by_role("button", name="다 썼어요").click()
    expect(phone.get_by_text("초안으로 담아 두었어요.")).to_be_visible()
    phone.get_by_role("button", name="초안 지우기").click()
    phone.get_by_role("button", name="되돌리기").click()
    expect(phone.get_by_text("초안을 되살렸어요.")).to_be_visible()


def test_a_file_is_looked_through_and_a_row_mended(enter: Any, tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text("제목,받는 돈\n화단 돌보기,11500\n도서 정리,9000", "utf-8")
    phone = enter(PHONE)
    phone.goto("/office/import")
    looked_at(phone)
    phone.get_by_label("파일").set_input_files(file)
    phone.get_by_role("button", name="살펴보기").click()
    expect(phone.get_by_role("heading", name="3번째 줄 고치기")).to_be_visible()
    looked_at(phone)
    phone.get_by_label("받는 돈").fill("12,000")
    phone.get_by_role("button", name="이 줄 저장").click()
    phone.get_by_role("button", name="2줄 담기").click()
    expect(phone.get_by_role("progressbar")).to_be_visible()
    looked_at(phone)


def test_an_official_file_is_mended_taken_in_and_undone(
    chromium: Browser, town: Town, tmp_path: Path
) -> None:
    file = tmp_path / "rooms.csv"
    file.write_text(csv_text([*numbered(2), room(위도="")]), "utf-8")
    with town.sessions() as session:
        operator = a_token(session, on_staff(session, an_office(session).id, Role.OPERATOR))
    with people(chromium, town.address) as enter:
        phone = enter(operator, PHONE)
        phone.goto("/office/import/facilities")
        phone.get_by_label("파일").set_input_files(file)
        phone.get_by_role("button", name="살펴보기").click()
        expect(phone.get_by_role("heading", name="4번째 줄 고치기")).to_be_visible()
        looked_at(phone, "official-1-mend")
        phone.get_by_label("위도").fill("35.140746")
        phone.get_by_role("button", name="고치고 다시 살펴보기").click()
        phone.get_by_role("button", name="3줄 싣기").click()
        expect(phone.get_by_role("progressbar")).to_be_visible()
        looked_at(phone, "official-2-progress")
        run_due(town.sessions, now())
        phone.get_by_role("link", name="결과 보기").click()
        looked_at(phone, "official-3-done")
        phone.get_by_role("button", name="이 파일 전체 되돌리기").click()
        expect(phone.get_by_role("alert")).to_contain_text("이 가져오기를 모두 되돌렸어요.")
