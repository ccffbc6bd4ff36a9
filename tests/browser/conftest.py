"""A server on a free port over a cluster of its own, and people with phones and computers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from geo_service.app import build_app
from geo_service.db.opening import Whereabouts
from geo_service.settings import Settings
from tests.browser.serving import DESKTOP, PATIENCE_MS, PHONE, served
from tests.browser.world import World, settle

CHROMIUM = "/usr/bin/chromium-headless-shell"

Visitor = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS / 4)


@pytest.fixture(scope="package")
def _town() -> Iterator[tuple[str, World]]:
    with TemporaryDirectory(prefix="geo-b-", ignore_cleanup_errors=True) as home:
        whereabouts = Whereabouts(home=Path(home))
        with whereabouts.opened() as database:
            with database.sessions() as session:
                world = settle(session)
                session.commit()
            with served(build_app(Settings(), database)) as address:
                yield address, world


@pytest.fixture(scope="package")
def site(_town: tuple[str, World]) -> str:
    """The address of the server."""
    return _town[0]


@pytest.fixture(scope="package")
def world(_town: tuple[str, World]) -> World:
    """What it holds."""
    return _town[1]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all pages; its event loop must not outlive them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, site: str) -> Iterator[Visitor]:
    """Somebody with a device; whatever their browser complains about fails the test."""
    contexts = []
    complaints: list[str] = []

    def enter(device: dict[str, Any] = PHONE, *, in_trouble: bool = False, **also: Any) -> Page:
        context = chromium.new_context(
            base_url=site,
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            reduced_motion="reduce",
            **device | also,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        if in_trouble:  # the test itself makes things fail
            return page
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )
        page.on(
            "requestfailed",
            lambda request: (
                complaints.append(f"failed: {request.url} {request.failure}")
                if "ERR_ABORTED" not in str(request.failure)
                else None
            ),
        )
        return page

    yield enter
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def phone(visitor: Visitor) -> Page:
    """Somebody with a phone."""
    return visitor(PHONE)


@pytest.fixture
def desktop(visitor: Visitor) -> Page:
    """Somebody at a desk."""
    return visitor(DESKTOP)
