"""What a page must bear when somebody looks at it closely."""

import os
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
SHOTS = os.environ.get("TEST_SHOTS")
"""A folder for pictures of every page that is looked at, for people to see."""


def looked_at(page: Page, name: str = "") -> None:
    """Axe finds nothing, and nothing sticks out sideways, once all of it is there."""
    page.wait_for_load_state()
    if SHOTS and name:
        width = (page.viewport_size or {})["width"]
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
