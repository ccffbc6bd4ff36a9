"""The live map: on a tap, with the numbers of the list, within its bytes."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_finding import CARDS, at
from tests.browser.test_reading import SMALL_TARGETS, TOUCH_PX, violations
from tests.browser.weight import weighed
from tests.browser.world import SQUARE, STREET

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


def test_pins_of_the_live_map_are_reached_and_pressed_by_keyboard(desktop: Page) -> None:
    desktop.goto(at(STREET))
    expect(desktop.locator(".live.ready")).to_have_count(1)
    pins = desktop.locator(".livepin")
    expect(pins).to_have_count(2)
    names = pins.evaluate_all("pins => pins.map(pin => pin.ariaLabel)")
    first = desktop.locator("#n1 h3").inner_text()  # one of two at one place
    assert names == [f"1–2. {first} 외 1곳, 2분", "3. 어린이 책 읽어 주기, 5분"]
    desktop.locator(".live canvas").focus()
    met = []
    for _ in names:
        desktop.keyboard.press("Tab")
        met.append(desktop.evaluate("document.activeElement.ariaLabel"))
    assert met == names
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".card.on")).to_have_id("n3")
    assert desktop.evaluate("document.activeElement.closest('.card').id") == "n3"


def test_a_pin_out_of_sight_comes_into_sight_with_the_focus(desktop: Page) -> None:
    desktop.goto(at(STREET))
    expect(desktop.locator(".live.ready")).to_have_count(1)
    desktop.locator(".live canvas").focus()
    scale = desktop.locator(".maplibregl-ctrl-scale")
    for _ in range(3):
        before = scale.inner_text()
        desktop.keyboard.press("=")
        expect(scale).not_to_have_text(before)
    seen = []
    for pin in desktop.locator(".livepin").all():
        pin.focus()
        seen.append(desktop.evaluate(INSIDE_THE_MAP))
    assert seen
    assert all(seen)


INSIDE_THE_MAP = """() => {
  const pin = document.activeElement.getBoundingClientRect();
  const map = document.querySelector(".live").getBoundingClientRect();
  const within = (low, value, high) => low <= value && value <= high;
  const [x, y] = [(pin.left + pin.right) / 2, (pin.top + pin.bottom) / 2];
  const boxes = [...document.querySelectorAll(".live, .live *")];
  const still = boxes.every(box => !box.scrollTop && !box.scrollLeft);
  return still && within(map.left, x, map.right) && within(map.top, y, map.bottom);
}"""


def test_pins_of_the_live_map_are_as_large_as_anything_one_presses(phone: Page) -> None:
    phone.goto(at(SQUARE))
    phone.locator("#map-open").click()
    expect(phone.locator(".live.ready")).to_have_count(1)
    expect(phone.locator(".livepin").first).to_be_visible()
    assert phone.evaluate(SMALL_TARGETS, TOUCH_PX) == []
    numbers = phone.locator(".livepin span").all_text_contents()
    assert numbers[0].startswith("1")
    assert violations(phone) == []


def test_an_english_pin_has_an_english_name(desktop: Page) -> None:
    desktop.goto("/en" + at(STREET))
    expect(desktop.locator(".live.ready")).to_have_count(1)
    expect(desktop.locator(".livepin").first).to_have_accessible_name(
        re.compile("and 1 more, 2 min")
    )
