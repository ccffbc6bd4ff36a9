"""What a page must bear when somebody looks at it closely."""

import os
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
SHOTS = os.environ.get("TEST_SHOTS")
"""A folder for pictures of every page that is looked at, for people to see."""

CLIPPED = """
    [...document.querySelectorAll("input[type=checkbox],input[type=radio]")].filter(box => {
        const look = getComputedStyle(box);
        return box.offsetParent && (look.position == "absolute" || look.opacity == "0");
    }).map(box => box.outerHTML)
"""
"""Boxes that are there for screen readers alone, as the design system hides them."""


def looked_at(page: Page, name: str = "") -> None:
    """Axe finds nothing, nothing sticks out sideways, every box to tick can be seen."""
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
    assert page.evaluate(CLIPPED) == [], page.url
