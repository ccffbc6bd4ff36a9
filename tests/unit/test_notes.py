"""A word about what was done: once, from a known list, and only on the next page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import geo_service
from geo_service.web.notes import COOKIE
from tests.samples import a_site

PACKAGE = Path(geo_service.__file__).parent


@pytest.fixture
def browser() -> Iterator[TestClient]:
    """A visitor."""
    with TestClient(a_site()) as client:
        yield client


def test_the_next_page_says_it_once(browser: TestClient) -> None:
    assert "글을 올렸어요." in browser.post("/office/jobs").text
    assert "글을 올렸어요." not in browser.get("/done").text


@pytest.mark.parametrize(
    "said",
    ["sample.unknown", "nowhere.offered", "<script>", "sample", "../x.y", "sample.__class__", ""],
)
def test_nobody_can_make_the_site_say_something(browser: TestClient, said: str) -> None:
    answer = browser.get("/done", headers={"Cookie": f"{COOKIE}={said}"})
    assert answer.status_code == 200
    assert 'class="note"' not in answer.text
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]


def test_every_note_that_is_left_has_its_sentence() -> None:
    left = {
        key
        for path in PACKAGE.rglob("*.py")
        for key in re.findall(r'leave\(\s*\w+,\s*"([^"]+)"', path.read_text("utf-8"))
    }
    kept = {
        f"{path.parent.name}.{name}"
        for path in PACKAGE.rglob("templates/*/_notes.html")
        for name in re.findall(r'^\s*"(\w+)":', path.read_text("utf-8"), re.MULTILINE)
    }
    assert left == kept
