"""Without scripts, without WebGL, on paper: everything still works."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM, Visitor
from tests.browser.serving import DESKTOP, PHONE
from tests.browser.test_finding import CARDS, at
from tests.browser.world import FIELD, SQUARE, STREET


@pytest.fixture
def plain(visitor: Visitor) -> Page:
    """A phone that runs no scripts."""
    return visitor(PHONE, java_script_enabled=False)


def test_without_scripts_the_list_the_map_and_the_choices_work(plain: Page) -> None:
    plain.goto(at(STREET))
    expect(plain.locator(CARDS)).to_have_count(3)
    expect(plain.locator(".svgmap")).to_be_visible()
    expect(plain.get_by_role("button", name="내 위치")).to_be_hidden()
    plain.get_by_role("link", name="일자리", exact=True).click()
    expect(plain.locator(CARDS)).to_have_count(2)
    plain.locator("#place > summary").click()
    plain.get_by_label("동 이름, 시설 이름, 주소").fill("시험도서관")
    plain.get_by_role("button", name="찾기").click()
    expect(plain.locator("#place > summary")).to_contain_text("시험도서관")
    expect(plain.locator(CARDS)).to_have_count(2)
    plain.locator("#more > summary").click()
    plain.get_by_label("낱말로 찾기").fill("정리")
    plain.get_by_role("button", name="적용").click()
    expect(plain.locator(CARDS)).to_have_count(1)


def test_without_scripts_the_map_opens_and_closes(plain: Page) -> None:
    plain.goto(at(STREET))
    small = plain.locator("#mapbox").bounding_box()
    plain.locator("#map-open").click()
    expect(plain.locator(".pins.few")).to_be_hidden()
    expect(plain.locator(".pins:not(.few) text").first).to_be_visible()
    large = plain.locator("#mapbox").bounding_box()
    assert small
    assert large
    assert large["height"] > 1.8 * small["height"]
    assert large["height"] == pytest.approx(large["width"], abs=1)
    plain.get_by_role("link", name="목록 보기").click()
    expect(plain.locator(".pins.few")).to_be_visible()
    assert plain.locator("#mapbox").bounding_box() == small | {
        "y": pytest.approx(small["y"], abs=900)
    }


def test_without_scripts_pages_turn_and_circles_widen(plain: Page) -> None:
    plain.goto(at(SQUARE))
    plain.get_by_role("link", name="다음 50곳 보기").click()
    expect(plain.locator("#n51")).to_be_visible()
    plain.goto(at(FIELD))
    plain.get_by_role("link", name="1km로 넓히기").click()
    expect(plain.locator(CARDS)).to_have_count(1)


def test_without_scripts_letters_grow_and_stay_large(plain: Page) -> None:
    plain.goto(at(STREET))
    address = plain.url
    plain.locator(".drop > summary").click()
    plain.get_by_role("link", name="아주 크게").click()
    expect(plain).to_have_url(address)
    expect(plain.locator("html")).to_have_attribute("data-text-size", "largest")
    plain.goto("/help")
    expect(plain.locator("html")).to_have_attribute("data-text-size", "largest")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org"])
def test_the_way_back_never_leads_elsewhere(plain: Page, site: str, elsewhere: str) -> None:
    plain.goto(f"/text-size/large?back={elsewhere}")
    expect(plain).to_have_url(f"{site}/")


@pytest.fixture
def flat(site: str, chromium: Browser) -> Iterator[Page]:
    """A computer that cannot draw in three dimensions. Its browser is one of its own."""
    assert chromium.is_connected()
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=["--disable-3d-apis"])
    yield browser.new_page(base_url=site, **DESKTOP)
    browser.close()


def test_without_webgl_the_drawn_map_stays(flat: Page) -> None:
    errors: list[str] = []
    flat.on("pageerror", lambda error: errors.append(str(error)))
    requested: list[str] = []
    flat.on("request", lambda request: requested.append(request.url))
    flat.goto(at(STREET))
    flat.wait_for_load_state("networkidle")
    expect(flat.locator(".svgmap")).to_be_visible()
    expect(flat.locator(".live.ready")).to_have_count(0)
    assert not [url for url in requested if "maplibre" in url]
    assert not errors


def test_on_paper_there_is_the_list_the_map_and_nothing_to_press(desktop: Page) -> None:
    desktop.goto(at(STREET))
    desktop.emulate_media(media="print")
    for useless in ("#locate", ".tools", "#more", ".foot nav"):
        expect(desktop.locator(useless).first).to_be_hidden()
    expect(desktop.locator(".pins:not(.few) text").first).to_be_visible()
    expect(desktop.locator(".pins.few")).to_be_hidden()
    expect(desktop.locator(CARDS).first).to_be_visible()
    assert desktop.pdf(format="A4").startswith(b"%PDF")
