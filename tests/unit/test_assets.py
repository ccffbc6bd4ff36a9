"""Static files: one address per build, compressed, and never a door to other folders."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from geo_service.web.assets import BUNDLES, STATIC, Assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a small site."""
    (tmp_path / "css").mkdir()
    for part in BUNDLES["site.css"]:
        if not part.startswith("vendor/"):
            (tmp_path / part).write_text(f"/* {part} */")
    for name in ("robots.txt", "manifest.webmanifest"):
        (tmp_path / name).write_text(name)
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons/mark.svg").write_text("<svg/>" * 99)
    return tmp_path


def visit(folder: Path) -> TestClient:
    return TestClient(Starlette(routes=Assets(folder).routes()))


def test_a_changed_file_changes_every_address(folder: Path) -> None:
    before = Assets(folder).address("site.css")
    assert before == Assets(folder).address("site.css")
    (folder / "robots.txt").write_text("changed")
    assert Assets(folder).address("site.css") != before


def test_styles_come_as_one_in_their_order(folder: Path) -> None:
    sent = visit(folder).get(Assets(folder).address("site.css")).text
    ours = [part for part in BUNDLES["site.css"] if not part.startswith("vendor/")]
    assert sent == "\n".join(f"/* {part} */" for part in ours)


def test_files_come_compressed_to_those_who_can_read_that(folder: Path) -> None:
    address = Assets(folder).address("icons/mark.svg")
    assert visit(folder).get(address).headers["content-encoding"] == "gzip"
    plain = visit(folder).get(address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == "<svg/>" * 99


@pytest.mark.parametrize("path", ["../conftest.py", "%2e%2e/conftest.py", "css", "nothing.css"])
def test_only_what_was_there_at_the_start_is_sent(folder: Path, path: str) -> None:
    assert visit(folder).get(f"/static/{Assets(folder).build}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "route"),
    [("/static/{build}/icons/mark.svg", "/static/{build}/{name:path}"), ("/robots.txt",) * 2],
)
def test_visits_are_counted_by_the_route_and_not_by_the_file(
    folder: Path, path: str, route: str
) -> None:
    seen = []
    doors = Starlette(routes=Assets(folder).routes())

    async def doorkeeper(scope: Scope, receive: Receive, send: Send) -> None:
        await doors(scope, receive, send)
        seen.append(getattr(scope.get("route"), "path", "(none)"))

    visitor = TestClient(doorkeeper)
    for ask in (visitor.get, visitor.head):
        assert ask(path.format(build=Assets(folder).build)).status_code == 200
    assert seen == [route, route]


def test_an_unknown_name_fails_where_it_is_written(folder: Path) -> None:
    with pytest.raises(KeyError):
        Assets(folder).address("icons/mork.svg")


def test_every_part_of_a_bundle_that_is_ours_exists() -> None:
    ours = [part for parts in BUNDLES.values() for part in parts if not part.startswith("vendor/")]
    assert [part for part in ours if not (STATIC / part).is_file()] == []
    assert {f"css/{style.name}" for style in (STATIC / "css").iterdir()} == set(ours)
