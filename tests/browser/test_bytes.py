"""No page grows heavier than a slow phone can carry. Bytes are a gate, not a wish."""

import pytest
from playwright.sync_api import Page

from tests.browser.test_finding import at
from tests.browser.weight import weighed
from tests.browser.world import SQUARE, World

HTML_KB, CSS_KB, JS_KB, TOTAL_KB, REQUESTS = 25, 20, 25, 75, 12


@pytest.mark.parametrize("name", ["home", "crowd", "job", "space", "help", "privacy", "missing"])
def test_a_page_stays_within_its_budget(phone: Page, world: World, name: str) -> None:
    address = {
        "home": "/",
        "crowd": at(SQUARE),
        "job": f"/jobs/{world.job}",
        "space": f"/spaces/{world.space}",
        "missing": "/nothing-here",
    }.get(name, f"/{name}")
    with weighed(phone) as weight:
        phone.goto(address)
        phone.wait_for_load_state("networkidle")
    assert weight.kb("Document") <= HTML_KB, weight.table
    assert weight.kb("Stylesheet") <= CSS_KB, weight.table
    assert weight.kb("Script") <= JS_KB, weight.table
    assert weight.kb("Font") == 0, weight.table
    assert weight.total_kb <= TOTAL_KB, weight.table
    assert len(weight.urls) <= REQUESTS, weight.urls
