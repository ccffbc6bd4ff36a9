"""From signing up to signing out everywhere, as people do it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_service.db.embedded import Cluster
from tests.accounts import PASSWORD, a_dong_here, code_in, letters_to
from tests.areas import inside
from tests.browser.looking import looked_at
from tests.browser.serving import DESKTOP
from tests.browser.town import Enter, Town, a_town, people
from tests.people import a_person, a_token


@pytest.fixture(scope="module")
def town(cluster: Cluster) -> Iterator[Town]:
    """One whose letters can be read."""
    with a_town(cluster, "browsing_accounts") as town:
        with town.sessions() as session:
            a_dong_here(session)
        yield town


@pytest.fixture
def enter(chromium: Browser, town: Town) -> Iterator[Enter]:
    """Somebody with a device."""
    with people(chromium, town.address) as enter:
        yield enter


def test_sign_up_out_in_and_out_everywhere(town: Town, enter: Enter) -> None:
    phone: Page = enter()
    phone.goto("/my/account")
    expect(phone).to_have_url(f"{town.address}/login?next=/my/account")
    looked_at(phone)
    phone.get_by_role("link", name="회원가입").click()
    phone.get_by_label("이름").fill("김이웃")
    phone.get_by_role("button", name="코드 받기").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    looked_at(phone)
    phone.get_by_label("이메일").fill("kim@example.org")
    phone.get_by_label("비밀번호").fill(PASSWORD)
    phone.get_by_role("button", name="코드 받기").click()
    expect(phone.get_by_text("kim@example.org 주소로 메일을 보냈어요")).to_be_visible()
    looked_at(phone)
    with town.sessions() as session:
        code = code_in(letters_to(session, "kim@example.org")[-1])
    phone.get_by_label("여섯 자리 코드").fill(code)
    phone.get_by_role("button", name="확인").click()
    expect(phone).to_have_url(f"{town.address}/my/account")
    expect(
        phone.get_by_text("Chrome · Android").or_(phone.get_by_text("Chrome · Linux"))
    ).to_be_visible()
    looked_at(phone)

    phone.get_by_role("button", name="로그아웃", exact=True).click()
    phone.goto("/login?next=/my/account")
    phone.get_by_label("이메일").fill("kim@example.org")
    phone.get_by_label("비밀번호").fill("틀린 비밀번호예요")
    phone.get_by_role("button", name="로그인").click()
    expect(phone.get_by_role("alert")).to_contain_text("이메일이나 비밀번호가 맞지 않아요")
    expect(phone.get_by_label("이메일")).to_have_value("kim@example.org")
    phone.get_by_label("비밀번호").fill(PASSWORD)
    phone.get_by_role("button", name="로그인").click()
    expect(phone).to_have_url(f"{town.address}/my/account")

    desktop: Page = enter(device=DESKTOP)
    desktop.goto("/en/login?next=/en/my/account")
    desktop.get_by_label("E-mail").fill("kim@example.org")
    desktop.get_by_label("Password").fill(PASSWORD)
    desktop.get_by_role("button", name="Sign in").click()
    expect(desktop.get_by_text("This one")).to_be_visible()
    looked_at(desktop)
    desktop.get_by_role("button", name="Sign out everywhere").click()
    expect(desktop).to_have_url(f"{town.address}/en/login")
    expect(desktop.get_by_text("You are signed out everywhere.")).to_be_visible()
    phone.reload()
    expect(phone).to_have_url(f"{town.address}/login?next=/my/account")


@pytest.fixture
def inside_account(town: Town, enter: Enter) -> Page:
    """A phone whose owner is signed in, and stands in the dong."""
    with town.sessions() as session:
        token = a_token(session, a_person(session, name="박이웃"))
    here = inside(0)
    page: Page = enter(
        permissions=["geolocation"], geolocation={"latitude": here.lat, "longitude": here.lng}
    )
    page.context.add_cookies([{"name": "session", "value": token, "url": town.address}])
    return page


def test_a_neighbour_confirms_where_they_are(inside_account: Page) -> None:
    inside_account.goto("/my/account/neighbour")
    looked_at(inside_account)
    inside_account.get_by_role("button", name="지금 여기 이웃으로 확인").click()
    expect(inside_account.get_by_text("이 동네 이웃으로 확인했어요")).to_be_visible()
    expect(inside_account.get_by_text("시험1동 이웃", exact=True)).to_be_visible()


def test_where_the_place_is_not_told_the_page_says_what_to_do(inside_account: Page) -> None:
    inside_account.context.clear_permissions()
    inside_account.goto("/my/account/home")
    inside_account.get_by_role("button", name="지금 있는 곳을 집 근처로 저장").click()
    expect(inside_account.get_by_role("status")).to_contain_text("위치를 쓸 수 없어요")
    looked_at(inside_account)


@pytest.mark.parametrize(
    "door", ["profile", "password", "email", "tokens", "second-factor", "home"]
)
def test_every_part_of_the_account_is_usable(inside_account: Page, door: str) -> None:
    inside_account.set_viewport_size({"width": 320, "height": 700})
    inside_account.goto(f"/my/account/{door}")
    looked_at(inside_account)


def test_a_second_step_is_set_up_by_its_picture_or_its_letters(inside_account: Page) -> None:
    inside_account.goto("/my/account/second-factor")
    inside_account.get_by_role("button", name="시작하기").click()
    expect(inside_account.locator(".qr svg")).to_be_visible()
    looked_at(inside_account)
