"""What a choice changes besides the list: title, focus, header; what errors leave alone."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.serving import PHONE
from tests.browser.test_finding import CARDS, at, position
from tests.browser.world import STREET


def test_what_cannot_be_understood_is_said_beside_the_list(visitor: Visitor) -> None:
    phone = visitor(PHONE, in_trouble=True)
    phone.goto(at(STREET))
    before = phone.url
    phone.locator("#chip-job").evaluate("link => link.setAttribute('href', '?kind=zzz')")
    phone.locator("#chip-job").click()
    expect(phone.locator("#failed")).to_contain_text("알아볼 수 없어요")
    expect(phone.locator(CARDS)).to_have_count(3)
    expect(phone.locator("header.top")).to_have_count(1)
    assert phone.url == before


def test_a_busy_server_is_asked_again_from_the_same_place(visitor: Visitor) -> None:
    phone = visitor(PHONE, in_trouble=True)
    phone.goto(at(STREET))
    busy = "**/*kind=job*"
    phone.route(busy, lambda route: route.fulfill(status=503, body="<h1>busy</h1>"))
    phone.locator("#chip-job").click()
    expect(phone.locator("#failed")).to_contain_text("몇 초 뒤에")
    expect(phone.locator(CARDS)).to_have_count(3)
    phone.unroute(busy)
    phone.get_by_role("button", name="다시 시도").click()
    expect(phone.locator(CARDS)).to_have_count(2)
    expect(phone.locator("#failed")).to_be_hidden()


def test_larger_letters_and_english_keep_the_place_and_the_conditions(visitor: Visitor) -> None:
    page = visitor(PHONE, geolocation=position(STREET), permissions=["geolocation"])
    page.goto("/")
    page.get_by_role("button", name="내 위치").click()
    expect(page.locator(CARDS)).to_have_count(3)
    page.locator("#chip-job").click()
    expect(page.locator(CARDS)).to_have_count(2)
    page.locator(".drop > summary").click()
    page.get_by_role("link", name="아주 크게").click()
    expect(page.locator("html")).to_have_attribute("data-text-size", "largest")
    expect(page.locator(CARDS)).to_have_count(2)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(CARDS)).to_have_count(2)


def test_a_chosen_dong_is_named_in_the_title_and_aloud_and_the_focus_goes_on(phone: Page) -> None:
    phone.goto("/")
    phone.locator("#place > summary").click()
    phone.get_by_role("link", name="수완동", exact=True).press("Enter")
    expect(phone).to_have_title("수완동에서 걸어서 10분 · 동네이음")
    expect(phone.locator("#say")).to_contain_text("수완동 주변")
    expect(phone.locator("#count")).to_be_focused()


def test_conditions_leave_the_focus_at_the_results_and_tell_the_true_minutes(phone: Page) -> None:
    phone.goto(at(STREET))
    phone.locator("#more > summary").click()
    phone.get_by_label("1km까지 넓히기").check()
    phone.get_by_label("천천히 걷는 시간으로 보기").check()
    phone.get_by_role("button", name="적용").press("Enter")
    expect(phone.locator("h1")).to_contain_text("걸어서 21분")
    expect(phone).to_have_title("내 위치에서 걸어서 21분 · 동네이음")
    expect(phone.locator("#count")).to_be_focused()
