"""For people who see, hear, move or read differently."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.test_finding import at
from tests.browser.world import FIELD, SQUARE, STREET, World

AXE = Path(__file__).parents[2] / "node_modules/axe-core"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOUCH_PX = 44
PHONE_HEIGHT_PX = 844

PAGES = ("home", "crowd", "empty", "job", "closed", "space", "help", "privacy", "accessibility",
         "missing", "english")  # fmt: skip


def address_of(name: str, world: World) -> str:
    """Where each page is."""
    return {
        "home": at(STREET),
        "crowd": at(SQUARE),
        "empty": at(FIELD),
        "job": f"/jobs/{world.job}",
        "closed": f"/jobs/{world.closed_job}",
        "space": f"/spaces/{world.space}",
        "missing": "/nothing-here",
        "english": "/en/",
    }.get(name, f"/{name}")


@cache
def _axe() -> str:
    korean = (AXE / "locales/ko.json").read_text("utf-8")
    return (AXE / "axe.min.js").read_text("utf-8") + f";axe.configure({{locale: {korean}}});"


def violations(page: Page) -> list[tuple[str, str, Any]]:
    """What axe finds, in Korean. `evaluate` passes the strict policy; a script tag would not."""
    page.evaluate(_axe())
    asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        (broken["id"], broken["help"], [node["target"] for node in broken["nodes"]][:4])
        for broken in found["violations"]
    ]


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_to_complain_about(
    visitor: Visitor, world: World, device: dict[str, Any]
) -> None:
    page = visitor(device, in_trouble=True)
    page.route("**/maplibre*", lambda route: route.abort())  # it has a test of its own
    found = {}
    for name in PAGES:
        page.goto(address_of(name, world))
        if broken := violations(page):
            found[name] = broken
    page.goto(at(STREET))
    for panel in ("#place", "#more", ".drop"):
        page.locator(f"{panel} > summary").click()
        if broken := violations(page):
            found[panel] = broken
        page.keyboard.press("Escape")
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def test_everything_one_presses_is_large_enough(phone: Page, world: World) -> None:
    small = {}
    for name in PAGES:
        phone.goto(address_of(name, world))
        phone.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        if found := phone.evaluate(SMALL_TARGETS, TOUCH_PX):
            small[name] = found
    assert not small


SMALL_TARGETS = """least => [...document.querySelectorAll("a[href], button, summary, input")]
  .filter(e => !e.matches(".skip, [type=hidden]") && e.checkVisibility())
  .map(e => {
    const tick = e.type === "checkbox" || e.type === "radio";
    const whole = e.matches(".card h3 a") ? ".card" : tick ? ".tick, .box" : "*";
    const {width, height} = e.closest(whole).getBoundingClientRect();
    return [e.textContent.trim().slice(0, 20) || e.id, Math.round(width), Math.round(height)];
  })
  .filter(([, width, height]) => width && (width < least || height < least))"""
"""A card is pressed as a whole, a tick box with its words."""


@pytest.mark.parametrize("size", ["usual", "largest"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    visitor: Visitor, site: str, world: World, size: str
) -> None:
    page = visitor(PHONE | {"viewport": {"width": 320, "height": 640}})
    page.context.add_cookies([{"name": "text-size", "value": size, "url": site}])
    wide = {}
    for name in PAGES:
        page.goto(address_of(name, world))
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        if over := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
            wide[name] = over
    assert not wide


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("root_px", [16, 24, 32])
def test_the_first_listing_is_near_however_large_the_letters_are(
    phone: Page, prefix: str, root_px: int
) -> None:
    phone.goto(prefix + at(STREET))
    phone.evaluate("px => { document.documentElement.style.fontSize = `${px * 0.625}px` }", root_px)
    heading = phone.locator("#n1 h3").bounding_box()
    assert heading is not None
    assert heading["height"] >= 1.5 * root_px
    assert heading["y"] + heading["height"] <= 1.5 * PHONE_HEIGHT_PX
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_a_walk_by_keyboard_meets_everything_in_order_and_sees_where_it_is(desktop: Page) -> None:
    desktop.goto(at(STREET))
    met = []
    for _ in range(15):
        desktop.keyboard.press("Tab")
        met.append(desktop.evaluate(FOCUSED))
    assert [name for name, _, _ in met] == [
        "본문 바로가기",
        "동네이음",
        "내 동네이음",
        "도움말",
        "글자 크기",
        "English",
        "찾는 곳",
        "내 위치",
        "전체",
        "지금 두 시간",
        "일자리",
        "빈 공간",
        "모임",
        "조건",
        met[-1][0],
    ]
    assert all(seen for _, seen, _ in met), met
    assert all(shown for _, _, shown in met), met


FOCUSED = """() => {
  const e = document.activeElement, look = getComputedStyle(e), card = e.closest(".card");
  const box = e.getBoundingClientRect();
  const thick = s => s && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  const ring = [look, card && getComputedStyle(card)].some(thick);
  const name = (e.querySelector(".sr-only") ?? e).textContent.trim();
  return [name, ring, box.top >= 0 && box.bottom <= innerHeight];
}"""


def test_panels_open_and_close_by_keyboard(desktop: Page) -> None:
    desktop.goto(at(STREET))
    desktop.locator("#place > summary").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".place-panel")).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.locator(".place-panel")).to_be_hidden()
    expect(desktop.locator("#place > summary")).to_be_focused()


def test_the_skip_link_leads_past_the_bar(desktop: Page) -> None:
    desktop.goto("/help")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#main")).to_be_focused()
