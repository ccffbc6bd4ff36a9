"""The live map: on a tap, with the numbers of the list, within its bytes."""

from playwright.sync_api import Page, expect

from tests.browser.test_finding import CARDS, at
from tests.browser.test_reading import violations
from tests.browser.weight import weighed
from tests.browser.world import STREET

MAP_KB = 480


def test_on_a_phone_the_live_map_comes_with_a_tap_and_not_before(phone: Page) -> None:
    with weighed(phone) as before:
        phone.goto(at(STREET))
        phone.wait_for_load_state("networkidle")
    assert not [url for url in before.urls if "maplibre" in url]
    with weighed(phone) as after:
        phone.locator("#map-open").click()
        expect(phone.locator(".live.ready canvas")).to_be_visible()
        phone.wait_for_load_state("networkidle")
    assert after.total_kb <= MAP_KB, after.table
    expect(phone.get_by_role("button", name="크게", exact=True)).to_be_visible()


def test_the_live_map_follows_the_list(phone: Page) -> None:
    phone.goto(at(STREET))
    phone.locator("#map-open").click()
    expect(phone.locator(".live.ready")).to_have_count(1)
    phone.get_by_role("link", name="일자리", exact=True).click()
    expect(phone.locator(CARDS)).to_have_count(2)
    expect(phone.locator(".live.ready canvas")).to_be_visible()


def test_axe_finds_nothing_to_complain_about_on_the_live_map(phone: Page) -> None:
    phone.goto(at(STREET))
    phone.locator("#map-open").click()
    expect(phone.locator(".live.ready")).to_have_count(1)
    assert violations(phone) == []


def test_a_pin_shows_its_card(phone: Page) -> None:
    phone.goto(at(STREET))
    phone.locator(".svgmap .mappin").filter(visible=True).last.click()
    expect(phone.locator(".card.on")).to_have_id("n1")
    assert phone.evaluate("document.activeElement.closest('.card').id") == "n1"
