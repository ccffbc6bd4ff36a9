"""`./scripts/setup` on machines where it can install nothing: it says exactly what to run."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = ("bash", "env", "dirname", "cat", "sha256sum", "cut", "stat", "id", "flock", "find")
"""All that the script may need to find out what is missing."""


@pytest.fixture
def machine() -> Iterator[Path]:
    """The script's folder, and a PATH with an old Python and neither apt nor sudo."""
    with TemporaryDirectory(prefix="geo-machine-") as folder:
        here = Path(folder)
        here.chmod(0o755)
        (here / "scripts").mkdir()
        shutil.copy(ROOT / "scripts/setup", here / "scripts/setup")
        (here / "bin").mkdir()
        for name in PROGRAMS:
            (here / "bin" / name).symlink_to(shutil.which(name) or name)
        add(here, "python3")
        yield here


def add(machine: Path, program: str) -> None:
    """A program that fails at all it is asked for."""
    path = machine / "bin" / program
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)


def told(machine: Path, *, by_nobody: bool = False) -> str:
    """What the script says when it gives up."""
    user = None
    if by_nobody and os.geteuid() == 0:
        user = pwd.getpwnam("nobody").pw_uid
        os.chown(machine, user, -1)
    done = subprocess.run(  # noqa: S603 (our own)
        [machine / "scripts/setup"],
        env={"PATH": str(machine / "bin")},
        user=user,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr


def test_without_apt_it_says_what_is_needed_and_points_to_containers(machine: Path) -> None:
    said = told(machine)
    assert "no apt" in said
    assert "python3-venv" in said
    assert "Python 3.11 or newer" in said
    assert "PostgreSQL 15 or newer with PostGIS 3" in said
    assert "docker compose up (see compose.yaml)" in said


def test_who_may_not_install_gets_the_line_to_run_as_root(machine: Path) -> None:
    add(machine, "apt-get")
    said = told(machine, by_nobody=True)
    line = "Run as root:  apt-get update && apt-get install --no-install-recommends python3 "
    assert line in said
    assert not (machine / ".venv").exists()
