"""Two windows: in one somebody writes, in the other their session ends."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_service.accounts.models import Person
from geo_service.db.embedded import Cluster
from tests.accounts import PASSWORD, with_password
from tests.browser.looking import looked_at
from tests.browser.town import Enter, Town, a_town, people
from tests.people import a_token


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    """One that nobody else changes."""
    with a_town(cluster, "browsing_kept") as town:
        yield town


@pytest.fixture
def enter(chromium: Browser, town: Town) -> Iterator[Enter]:
    """Somebody with a device."""
    with people(chromium, town.address) as enter:
        yield enter


def test_what_was_written_outlives_the_session(town: Town, enter: Enter) -> None:
    with town.sessions() as session:
        person = with_password(session, email="kim@example.org")
        name, token = person.id, a_token(session, person)
    writing: Page = enter(token)
    writing.goto("/my/account/profile")
    writing.get_by_label("이름").fill("김새봄")

    other = writing.context.new_page()
    other.goto("/my/account")
    other.get_by_role("button", name="로그아웃", exact=True).click()
    expect(other).to_have_url(f"{town.address}/")

    writing.get_by_role("button", name="저장").click()
    expect(writing.get_by_role("heading", level=1)).to_contain_text("로그인이 끝났어요")
    looked_at(writing, "kept-ended")
    with writing.context.expect_page() as opened:
        writing.get_by_role("link", name="새 창에서 로그인하기").click()
    door = opened.value
    door.get_by_label("이메일").fill("kim@example.org")
    door.get_by_label("비밀번호").fill(PASSWORD)
    door.get_by_role("button", name="로그인").click()
    expect(door).to_have_url(f"{town.address}/")

    writing.get_by_role("button", name="다시 보내기").click()
    expect(writing.get_by_role("heading", level=1)).to_contain_text("한 번만 더 눌러 주세요")
    looked_at(writing, "kept-changed")
    writing.get_by_role("button", name="다시 보내기").click()
    expect(writing.get_by_text("김새봄")).to_be_visible()
    with town.sessions() as session:
        assert session.get_one(Person, name).name == "김새봄"
