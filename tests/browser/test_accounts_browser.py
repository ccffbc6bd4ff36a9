"""From signing up to signing out everywhere, as people do it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session, sessionmaker

from geo_service.app import build_app
from geo_service.db.embedded import Cluster
from geo_service.db.migrate import migrate
from geo_service.db.opening import Database
from geo_service.db.session import open_engine, open_reading_engine
from geo_service.settings import Settings
from tests.accounts import PASSWORD, a_dong_here, code_in, letters_to
from tests.areas import inside
from tests.browser.conftest import DESKTOP, PHONE, served
from tests.people import a_person, a_token

NAME = "browsing_accounts"
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[tuple[str, sessionmaker[Session]]]:
    """A server over a database of its own, whose letters can be read."""
    cluster.create_database(NAME)
    migrate(cluster.url("geo_owner", NAME))
    url = cluster.url(database=NAME)
    engine, reader = open_engine(url), open_reading_engine(url)
    sessions = sessionmaker(engine, expire_on_commit=False)
    reading = sessionmaker(reader, expire_on_commit=False)
    database = Database(url=url, read_url=url, sessions=sessions, read_sessions=reading)
    with sessions() as session:
        a_dong_here(session)
    with served(build_app(Settings(), database)) as address:
        yield address, sessions
    engine.dispose()
    reader.dispose()
    cluster.drop_database(NAME)


@pytest.fixture
def enter(chromium: Browser, town: tuple[str, Any]) -> Iterator[Any]:
    """Somebody with a device."""
    contexts = []

    def with_device(device: dict[str, Any] = PHONE, **also: Any) -> Page:
        context = chromium.new_context(
            base_url=town[0], locale="ko-KR", reduced_motion="reduce", **device | also
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield with_device
    for context in contexts:
        context.close()


def has_no_faults(page: Page) -> None:
    """Axe finds nothing, and nothing sticks out sideways."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_sign_up_out_in_and_out_everywhere(town: tuple[str, Any], enter: Any) -> None:
    phone: Page = enter()
    phone.goto("/my/account")
    expect(phone).to_have_url(f"{town[0]}/login?next=/my/account")
    has_no_faults(phone)
    phone.get_by_role("link", name="회원가입").click()
    phone.get_by_label("이름").fill("김이웃")
    phone.get_by_role("button", name="코드 받기").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    has_no_faults(phone)
    phone.get_by_label("이메일").fill("kim@example.org")
    phone.get_by_label("비밀번호").fill(PASSWORD)
    phone.get_by_role("button", name="코드 받기").click()
    expect(phone.get_by_text("kim@example.org 주소로 메일을 보냈어요")).to_be_visible()
    has_no_faults(phone)
    with town[1]() as session:
        code = code_in(letters_to(session, "kim@example.org")[-1])
    phone.get_by_label("여섯 자리 코드").fill(code)
    phone.get_by_role("button", name="확인").click()
    expect(phone).to_have_url(f"{town[0]}/my/account")
    expect(
        phone.get_by_text("Chrome · Android").or_(phone.get_by_text("Chrome · Linux"))
    ).to_be_visible()
    has_no_faults(phone)

    phone.get_by_role("button", name="로그아웃", exact=True).click()
    phone.goto("/login?next=/my/account")
    phone.get_by_label("이메일").fill("kim@example.org")
    phone.get_by_label("비밀번호").fill("틀린 비밀번호예요")
    phone.get_by_role("button", name="로그인").click()
    expect(phone.get_by_role("alert")).to_contain_text("이메일이나 비밀번호가 맞지 않아요")
    expect(phone.get_by_label("이메일")).to_have_value("kim@example.org")
    phone.get_by_label("비밀번호").fill(PASSWORD)
    phone.get_by_role("button", name="로그인").click()
    expect(phone).to_have_url(f"{town[0]}/my/account")

    desktop: Page = enter(DESKTOP)
    desktop.goto("/en/login?next=/en/my/account")
    desktop.get_by_label("E-mail").fill("kim@example.org")
    desktop.get_by_label("Password").fill(PASSWORD)
    desktop.get_by_role("button", name="Sign in").click()
    expect(desktop.get_by_text("This one")).to_be_visible()
    has_no_faults(desktop)
    desktop.get_by_role("button", name="Sign out everywhere").click()
    expect(desktop).to_have_url(f"{town[0]}/en/login")
    expect(desktop.get_by_text("You are signed out everywhere.")).to_be_visible()
    phone.reload()
    expect(phone).to_have_url(f"{town[0]}/login?next=/my/account")


@pytest.fixture
def inside_account(town: tuple[str, Any], enter: Any) -> Page:
    """A phone whose owner is signed in, and stands in the dong."""
    with town[1]() as session:
        token = a_token(session, a_person(session, name="박이웃"))
    here = inside(0)
    page: Page = enter(
        permissions=["geolocation"], geolocation={"latitude": here.lat, "longitude": here.lng}
    )
    page.context.add_cookies([{"name": "session", "value": token, "url": town[0]}])
    return page


def test_a_neighbour_confirms_where_they_are(inside_account: Page) -> None:
    inside_account.goto("/my/account/neighbour")
    has_no_faults(inside_account)
    inside_account.get_by_role("button", name="지금 여기 이웃으로 확인").click()
    expect(inside_account.get_by_text("이 동네 이웃으로 확인했어요")).to_be_visible()
    expect(inside_account.get_by_text("시험1동 이웃", exact=True)).to_be_visible()


def test_where_the_place_is_not_told_the_page_says_what_to_do(inside_account: Page) -> None:
    inside_account.context.clear_permissions()
    inside_account.goto("/my/account/home")
    inside_account.get_by_role("button", name="지금 있는 곳을 집 근처로 저장").click()
    expect(inside_account.get_by_role("status")).to_contain_text("위치를 쓸 수 없어요")
    has_no_faults(inside_account)


@pytest.mark.parametrize(
    "door", ["profile", "password", "email", "tokens", "second-factor", "home"]
)
def test_every_part_of_the_account_is_usable(inside_account: Page, door: str) -> None:
    inside_account.set_viewport_size({"width": 320, "height": 700})
    inside_account.goto(f"/my/account/{door}")
    has_no_faults(inside_account)


def test_a_second_step_is_set_up_by_its_picture_or_its_letters(inside_account: Page) -> None:
    inside_account.goto("/my/account/second-factor")
    inside_account.get_by_role("button", name="시작하기").click()
    expect(inside_account.locator(".qr svg")).to_be_visible()
    has_no_faults(inside_account)
