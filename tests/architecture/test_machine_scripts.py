"""The commands of `scripts/` and the locks they install from."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "scripts/locks").glob("*.txt"))
SCRIPTS = sorted(
    path
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci/run"]
    if path.is_file() and path.read_bytes().startswith(b"#!/usr/bin/env bash")
)


def bare_name(requirement: str) -> str:
    """`psycopg[binary,pool]` is pinned as `psycopg`."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return found[0].lower().replace("_", "-")


def pinned(lock: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)==", lock.read_text(), re.MULTILINE))


def test_there_is_a_script_for_each_thing_people_do() -> None:
    assert {"lock", "serve", "setup", "test"} <= {path.name for path in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_run_and_has_no_known_flaw(script: Path) -> None:
    checker = Path(sys.executable).with_name("shellcheck")
    told = subprocess.run(  # noqa: S603 (pinned in the lock)
        [checker, "--external-sources", script], capture_output=True, text=True, check=False
    )
    assert os.access(script, os.X_OK)
    assert told.stdout == ""
    assert told.returncode == 0


def test_continuous_integration_runs_the_tests_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert lines == [
        "#!/usr/bin/env bash",
        'exec "$(dirname -- "${BASH_SOURCE[0]}")/../scripts/test"',
    ]


def test_there_are_four_locks() -> None:
    assert [lock.stem for lock in LOCKS] == ["bench", "pip", "service", "tests"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    entries = [entry for entry in entries if not entry.startswith("#")]
    assert len(entries) > (0 if lock.stem == "pip" else 30)
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_host(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "--find-links" not in text
    assert "index-url" not in text


@pytest.mark.parametrize(("name", "extra"), [("service", "assets"), ("tests", "tests")])
def test_a_lock_holds_all_that_the_project_asks_for(name: str, extra: str) -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project, builders = asked["project"], asked["build-system"]["requires"]
    wanted = [*project["dependencies"], *project["optional-dependencies"][extra], *builders]
    missing = {bare_name(line) for line in wanted} - pinned(ROOT / f"scripts/locks/{name}.txt")
    assert missing - {"geo-service"} == set()


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    served, tested = (
        set(
            re.findall(
                r"^\S+==.*?(?= \\)", (ROOT / f"scripts/locks/{name}.txt").read_text(), re.MULTILINE
            )
        )
        for name in ("service", "tests")
    )
    assert served - tested == set()


def test_npm_is_locked_by_content_and_names_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    asked = packages.pop("")
    manifest = json.loads((ROOT / "package.json").read_text())
    assert asked["dependencies"] == manifest["dependencies"]
    assert asked["devDependencies"] == manifest["devDependencies"]
    for package in packages.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_npm_runs_nothing_that_it_installs() -> None:
    settings = (ROOT / ".npmrc").read_text().splitlines()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true", "save-exact=true"} <= {
        *settings
    }


def test_what_the_pages_borrow_has_exact_versions() -> None:
    manifest = json.loads((ROOT / "package.json").read_text())
    for version in (manifest["dependencies"] | manifest["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
