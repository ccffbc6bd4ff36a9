"""Every server that is measured: one worker each, on loopback, ended when the block ends."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import sleep
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from sqlalchemy import make_url

from geo_service.db.cluster import Cluster
from geo_service.db.folders import PORT
from scripts.benchmarks import redis_store
from scripts.benchmarks.candidates import Question
from scripts.benchmarks.database import ROOT, Country

_PEERS = ROOT / ".venv-bench/bin"
_WAIT_S = 60


class Door(NamedTuple):
    """Where one of them is asked, how a question is put to it, and who works on the answer."""

    name: str
    base: str
    path: Callable[[Question], str]
    workers: Callable[[], list[int]]
    """Processes whose time is spent on answers: the server's and its database's."""

    def ask(self, question: Question) -> bytes:
        """One answer."""
        with urlopen(self.base + self.path(question), timeout=30) as answer:
            body: bytes = answer.read()
            return body


@contextmanager
def all_doors(country: Country, cluster: Cluster, home: Path) -> Iterator[list[Door]]:
    """Two floors and ours first, then the peers.

    Nothing is left out of ours to look faster: it writes an ETag, a cursor and a body three times
    the floor's, and bears the service's headers, log, figures and limits. Redis and the ORM bear
    those too, without ETag and cursor; tipg none of them. Ours comes in by the hot route, which
    is the service's own work; the floor, Redis and the ORM by FastAPI's front, as is usual.
    """
    with ExitStack() as stack:
        store, store_socket = stack.enter_context(redis_store.running(home))
        redis_store.load(country, store_socket)
        ours, process = stack.enter_context(_ours(country, home, store_socket))
        tipg, tipg_process = stack.enter_context(
            _peer(home, "tipg.main:app", _tipg_settings(country))
        )
        ours_work = _with(process, lambda: cluster.processes)
        redis_work = _with(process, lambda: [store.pid])
        tipg_work = _with(tipg_process, lambda: cluster.processes)
        yield [
            Door("floor", ours, _nearby("/bench/floor"), ours_work),
            Door("floor by our hot route", ours, _nearby("/bench/hot-floor"), ours_work),
            Door("ours", ours, _nearby("/api/v1/listings/nearby"), ours_work),
            Door("ORM + ST_DWithin", ours, _nearby("/bench/orm"), ours_work),
            Door("FastAPI + Redis", ours, _nearby("/bench/redis"), redis_work),
            Door("tipg bbox", tipg, _bbox, tipg_work),
        ]


def _nearby(path: str) -> Callable[[Question], str]:
    return lambda question: f"{path}?lat={question.lat}&lng={question.lng}"


def _bbox(question: Question) -> str:
    """The circle's square; tipg knows neither distance nor order."""
    half_lat = 700 / 111_000
    half_lng = half_lat / 0.81
    west, east = question.lng - half_lng, question.lng + half_lng
    south, north = question.lat - half_lat, question.lat + half_lat
    box = f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}"
    return f"/collections/peers.listing/items?bbox={box}&limit=50"


def _with(
    process: subprocess.Popen[str], others: Callable[[], list[int]]
) -> Callable[[], list[int]]:
    return lambda: [process.pid, *others()]


@contextmanager
def _ours(country: Country, home: Path, redis: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "scripts.benchmarks.doors", country.url]
    with _running(command, home / "doors.log", {"REDIS_SOCKET": str(redis)}) as process:
        assert process.stdout is not None
        ready = process.stdout.readline().strip()
        if not ready:
            raise SystemExit(f"The service did not start; see {home / 'doors.log'}")
        yield ready, process


@contextmanager
def _peer(
    home: Path, app: str, settings: Mapping[str, str]
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = ("--no-access-log", "--log-level", "warning")
    command: list[str | Path] = [
        _PEERS / "python",
        "-m",
        "uvicorn",
        app,
        "--port",
        str(port),
        *quiet,
    ]
    log = home / f"{app.partition('.')[0]}.log"
    with _running(command, log, settings) as process:
        for _ in range(10 * _WAIT_S):
            try:
                urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=5).close()
            except URLError as error:
                if process.poll() is not None:
                    raise SystemExit(f"{app} did not start; see {log}") from error
                if getattr(error, "code", None) == 404:
                    break
                sleep(0.1)
            else:
                break
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def _running(
    command: Sequence[str | Path], log: Path, settings: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    with log.open("w") as errors:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _tipg_settings(country: Country) -> dict[str, str]:
    url = make_url(country.url)
    # Its settings want a host in the URL; a socket's folder is one when it is escaped.
    host = quote(str(url.query["host"]), safe="")
    return {
        "DATABASE_URL": f"postgresql://{url.username}@{host}:{PORT}/{url.database}",
        "TIPG_DB_SCHEMAS": '["peers"]',
    }
