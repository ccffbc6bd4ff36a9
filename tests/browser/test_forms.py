"""Forms and layouts in a real browser: seen, heard, typed into, on phones and desks."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.serving import DESKTOP, PHONE, served
from tests.browser.test_reading import SMALL_TARGETS, TOUCH_PX, violations
from tests.browser.weight import weighed
from tests.samples import Offer, a_site


@pytest.fixture(scope="module")
def sample() -> FastAPI:
    """The site of one form."""
    return a_site()


@pytest.fixture(scope="module")
def address(sample: FastAPI) -> Iterator[str]:
    """Where it is served."""
    with served(sample) as address:
        yield address


def every_look(page: Page, address: str, sample: FastAPI) -> Iterator[str]:
    """Bring the page into each state that forms and layouts have."""
    page.goto(f"{address}/sample")
    yield "blank"
    page.locator("#f-title").fill("x")
    page.get_by_role("button", name="올리기").click()
    expect(page.locator("#faults")).to_be_focused()
    yield "faulty"
    sample.state.offer = Offer()
    page.goto(f"{address}/edit")
    page.locator("#f-title").fill("내 제목")
    sample.state.offer.change(title="남의 제목", weekdays=[0])
    page.get_by_role("button", name="고치기").click()
    expect(page.get_by_role("group", name="무슨 요일").first).to_contain_text("지금 저장된 것")
    yield "changed meanwhile"
    page.context.add_cookies([{"name": "note", "value": "sample.offered", "url": address}])
    page.goto(f"{address}/done")
    expect(page.get_by_role("alert")).to_be_focused()
    yield "done"
    page.goto(f"{address}/office/sample")
    yield "office"
    page.goto(f"{address}/en/office/sample")
    yield "office in English"


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_to_complain_about_in_forms(
    visitor: Visitor, address: str, sample: FastAPI, device: dict[str, Any]
) -> None:
    page = visitor(device)
    found = {look: violations(page) for look in every_look(page, address, sample)}
    wrong = {look: broken for look, broken in found.items() if broken}
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
    assert len(found) == 6


@pytest.mark.parametrize("size", ["usual", "largest"])
def test_everything_fits_the_narrowest_phone_and_a_thumb(
    visitor: Visitor, address: str, sample: FastAPI, size: str
) -> None:
    page = visitor(PHONE | {"viewport": {"width": 320, "height": 640}})
    page.context.add_cookies([{"name": "text-size", "value": size, "url": address}])
    for look in every_look(page, address, sample):
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (look, over) == (look, 0)
        assert (look, page.evaluate(SMALL_TARGETS, TOUCH_PX)) == (look, [])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_mistake_is_led_to_and_nothing_is_typed_twice(
    visitor: Visitor, address: str, scripts: bool
) -> None:
    page = visitor(PHONE, java_script_enabled=scripts)
    page.goto(f"{address}/sample")
    page.get_by_label("제목").fill("책 정리 돕기")
    page.get_by_label("하는 일").fill("서가에 꽂기\n먼지 닦기")
    page.get_by_label("시간당 받는 돈").fill("９,０００원")
    page.get_by_label("동네").select_option("도산동")
    page.get_by_label("매주").check()
    page.get_by_label("월", exact=True).check()
    page.get_by_role("button", name="올리기").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page.get_by_label("하는 일")).to_have_value("서가에 꽂기\n먼지 닦기")
    expect(page.get_by_label("시간당 받는 돈")).to_have_value("９,０００원")
    expect(page.get_by_label("동네")).to_have_value("dosan")
    expect(page.get_by_label("매주")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    pay = page.get_by_label("시간당 받는 돈")
    expect(pay).to_be_focused()
    expect(pay).to_have_accessible_description(
        "잘못된 곳: 10,000부터 100,000,000까지 적을 수 있어요."
    )
    pay.fill("11,500")
    page.get_by_label("동의해요").check()
    page.get_by_role("button", name="올리기").click()
    expect(page.get_by_text('"pay_won":11500')).to_be_visible()


def test_a_wide_table_becomes_cards_on_a_phone_and_stays_a_table_to_all(
    visitor: Visitor, address: str
) -> None:
    for device in (PHONE, DESKTOP):
        page = visitor(device)
        page.goto(f"{address}/office/sample")
        table = page.get_by_role("table", name="가장 먼저 낸 사람부터")
        row = table.get_by_role("row", name="김이음")
        expect(row.get_by_role("rowheader")).to_have_text("김이음")
        expect(row.get_by_role("cell").nth(2)).to_contain_text("1,200")
        expect(table.get_by_role("columnheader").nth(3)).to_have_text("자리")
        height = row.bounding_box()
        assert height
        assert (height["height"] > 150) == (device is PHONE)


def test_the_offices_ways_say_where_one_is_and_none_leads_nowhere(
    visitor: Visitor, address: str
) -> None:
    page = visitor(DESKTOP)
    page.goto(f"{address}/en/office/sample")
    rooms = page.get_by_role("navigation", name="Work")
    ways = ["Today", "Listings", "Applications", "Import", "Settings"]
    expect(rooms.get_by_role("link")).to_have_text(ways)
    here = rooms.locator("[aria-current]")
    expect(here).to_have_text(["Today"])
    expect(here).to_have_attribute("href", "/en/office")


def test_on_paper_there_is_nothing_to_press(visitor: Visitor, address: str) -> None:
    page = visitor(DESKTOP)
    page.emulate_media(media="print")
    page.goto(f"{address}/office/sample")
    expect(page.get_by_role("rowheader", name="김이음")).to_be_visible()
    expect(page.get_by_role("navigation", name="업무")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    page.goto(f"{address}/sample")
    expect(page.get_by_label("제목")).to_be_visible()
    expect(page.get_by_role("button", name="올리기")).to_be_hidden()


def test_an_office_page_stays_within_its_budget(visitor: Visitor, address: str) -> None:
    page = visitor(PHONE)
    with weighed(page) as weight:
        page.goto(f"{address}/office/sample")
        page.wait_for_load_state("networkidle")
    assert weight.kb("Stylesheet") <= 20, weight.table
    assert weight.kb("Document") <= 25, weight.table
