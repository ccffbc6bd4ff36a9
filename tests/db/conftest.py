"""Folders for clusters of a test's own, and one cluster for tests that only need any."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from alembic import command
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.orm import sessionmaker

from geo_service.db import embedded, processes
from geo_service.db.embedded import Cluster
from geo_service.db.migrate import _config, migrate
from geo_service.db.session import Sessions
from tests.databases import a_database


def copy(home: Path, to: Path) -> None:
    """A cluster's folder with its owners, which shutil would not keep."""
    subprocess.run(["/bin/cp", "--archive", f"{home}/.", str(to)], check=True)  # noqa: S603


@pytest.fixture
def empty_home() -> Iterator[Path]:
    """An empty folder for a cluster; whatever still runs in it ends with the test."""
    home = Path(mkdtemp(prefix="geo-"))  # pytest's own folders are closed to root's `postgres`
    home.chmod(0o711)
    yield home
    for data in home.rglob("cluster"):
        left = embedded.Cluster(data.parent)
        if left.is_running:
            processes.tell(processes.processes_of(left.name), signal.SIGKILL)
        shutil.rmtree(left.socket, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def stopped_home() -> Iterator[Path]:
    """A cluster at rest, to be copied."""
    home = Path(mkdtemp(prefix="geo-"))
    with embedded.running(home, durable=False):
        pass
    yield home
    shutil.rmtree(home)


@pytest.fixture
def old_home(stopped_home: Path, empty_home: Path) -> Path:
    """A folder in which a cluster was made some time ago."""
    copy(stopped_home, empty_home)
    return empty_home


@pytest.fixture(scope="session")
def any_cluster(stopped_home: Path) -> Iterator[embedded.Cluster]:
    """A running cluster, for tests that make a database of their own in it."""
    home = Path(mkdtemp(prefix="geo-"))
    copy(stopped_home, home)
    with embedded.running(home, durable=False) as cluster:
        yield cluster
    shutil.rmtree(home)


EVERYBODY_AND_ALL_OF_THEIRS = """
    TRUNCATE person, office, listing, programme, import_batch,
        task, envelope, procrastinate.procrastinate_jobs CASCADE
"""


@pytest.fixture
def open_house(engine: Engine, cluster: embedded.Cluster) -> Iterator[Sessions]:
    """Sessions that really commit, each on a connection of its own; swept afterwards."""
    yield sessionmaker(engine, expire_on_commit=False)
    owner = create_engine(cluster.url("geo_owner"), poolclass=NullPool)
    with owner.begin() as sweeping:
        sweeping.execute(text(EVERYBODY_AND_ALL_OF_THEIRS))


class Stepping:
    """A database of its own, signed in as the owner, that goes back and forth."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.engine = create_engine(url, poolclass=NullPool)

    def back_to(self, step: str) -> None:
        """Undo all that came after a step."""
        command.downgrade(_config(self._url), step)

    def on(self) -> None:
        """Take every step."""
        migrate(self._url)


@pytest.fixture
def stepping(cluster: Cluster) -> Iterator[Stepping]:
    """For migrations with rows in the tables."""
    with a_database(cluster, "stepping"):
        yield Stepping(cluster.url("geo_owner", "stepping"))
