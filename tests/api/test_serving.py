"""`geo-service serve` from start to end, as a terminal runs it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import pytest

from geo_service.db.embedded import Cluster

PATIENCE_S = 60
"""More than a busy machine needs."""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data folder that the first start fills and the others find."""
    with TemporaryDirectory(prefix="geo-serve-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


SERVE = (sys.executable, "-m", "geo_service", "serve")


@contextmanager
def serving(
    home: Path, command: Sequence[str | Path] = SERVE, **also: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A service in a process group of its own, and its port; `also` is its environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("GEO_")}
    with subprocess.Popen(  # noqa: S603 (our own)
        command,
        env=mine | {"GEO_DATA_DIR": str(home), "HOST": "127.0.0.1", "PORT": str(port)} | also,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as service:
        try:
            yield service, port
        finally:
            with suppress(ProcessLookupError):
                os.killpg(service.pid, signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_tells_its_address_serves_and_leaves_nothing_behind(
    home: Path, number: signal.Signals
) -> None:
    with serving(home) as (service, port):
        assert service.stdout
        assert f"http://127.0.0.1:{port}" in service.stdout.readline()
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE_S) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers
        assert Cluster.at(home).is_running
        with socket.create_connection(("127.0.0.1", port)) as slow:
            slow.sendall(b"GET / HT")  # somebody who never finishes must not keep it alive
            os.killpg(service.pid, number)  # as Ctrl-C does: all that share the terminal
            said, complained = service.communicate(timeout=PATIENCE_S)
    assert service.returncode == 0, complained
    assert said == ""
    assert "Traceback" not in complained
    assert not Cluster.at(home).is_running


def test_stopped_while_it_starts_it_leaves_nothing_behind(home: Path) -> None:
    with serving(home) as (service, _):
        assert service.stderr
        assert service.stderr.readline().startswith("· Starting PostgreSQL")
        os.killpg(service.pid, signal.SIGINT)
        said, complained = service.communicate(timeout=PATIENCE_S)
    assert service.returncode == 0, complained
    assert said == ""
    assert not Cluster.at(home).is_running
