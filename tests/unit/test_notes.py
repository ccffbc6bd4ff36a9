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


def test_every_note_that_is_left_has_its_sentence_and_none_is_left_over() -> None:
    left, kept, mentioned = set(), set(), set()
    for package in (path for path in PACKAGE.iterdir() if path.is_dir()):
        code = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py"))
        left |= set(re.findall(r'\bled\([^"]*(?:"[^"]*")?[^"]*"([a-z]+\.[a-z_]+)"', code))
        for sentences in package.glob("templates/*/_notes.html"):
            names = re.findall(r'^\s*"(\w+)":', sentences.read_text("utf-8"), re.MULTILINE)
            kept |= {f"{package.name}.{name}" for name in names}
        mentioned |= {f"{package.name}.{name}" for name in re.findall(r'"(?:\w+\.)?(\w+)"', code)}
    assert left - kept == set()
    assert kept - mentioned == set()
