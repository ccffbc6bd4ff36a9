"""Which PostgreSQL with PostGIS this machine has."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from geo_service.errors import Conflict

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps each major version's programs: `15/bin`, `17/bin`, …"""

OLDEST_MAJOR = 15
"""The version in Debian 12; nothing older is tried."""

INSTALL = "apt-get install --no-install-recommends postgresql postgresql-postgis"
"""Installs both on Debian and Ubuntu, in whichever version they ship; as root."""


_QUESTIONS = 3
"""How often one that was killed is asked."""


class PostgresIsMissing(Conflict):
    """The programs of PostgreSQL and PostGIS are not on this machine."""


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL version."""

    folder: Path
    major: int

    def __getitem__(self, program: str) -> Path:
        """Where one of its programs is."""
        return self.folder / program

    @property
    def has_postgis(self) -> bool:
        """Whether `CREATE EXTENSION postgis` would find it."""
        shared = _answer(self["pg_config"], "--sharedir")
        return bool(shared) and (Path(shared) / "extension/postgis.control").exists()


def installed() -> list[Binaries]:
    """Every PostgreSQL on this machine. Order: newest first."""
    folders = {server.parent for server in DEBIAN.glob("*/bin/postgres")}
    if on_path := shutil.which("postgres"):
        folders.add(Path(on_path).resolve().parent)
    found = [Binaries(folder, _major(folder)) for folder in folders]
    return sorted(found, key=lambda binaries: binaries.major, reverse=True)


def choose(major: int | None = None) -> Binaries:
    """The newest PostgreSQL that has PostGIS, or the one of that major version.

    Raises: PostgresIsMissing, saying what to install.
    """
    for binaries in installed():
        wanted = binaries.major >= OLDEST_MAJOR if major is None else binaries.major == major
        if wanted and binaries.has_postgis:
            return binaries
    if major is not None:
        raise PostgresIsMissing(
            f"The database was made by PostgreSQL {major}, and only that version can open it. "
            f"As root: apt-get install --no-install-recommends "
            f"postgresql-{major} postgresql-{major}-postgis-3",
            major=major,
        )
    raise PostgresIsMissing(
        f"PostgreSQL {OLDEST_MAJOR} or newer with PostGIS is needed. As root: {INSTALL} "
        "(or name a server in GEO_DATABASE_URL; compose.yaml has one)."
    )


def _major(folder: Path) -> int:
    version = re.search(r"\d+", _answer(folder / "postgres", "--version"))
    return int(version[0]) if version else 0


def _answer(program: Path, question: str) -> str:
    """What it says; asked again when a signal ended it, which was meant for us.

    Ctrl-C reaches whatever is in our session, and a child is for a moment: without its answer we
    would accuse the machine.
    """
    for _ in range(_QUESTIONS):
        try:
            asked = subprocess.run(
                [program, question],
                capture_output=True,
                text=True,
                check=False,
                start_new_session=True,
            )
        except OSError:
            return ""
        if asked.returncode >= 0:
            return asked.stdout.strip()
    return ""
