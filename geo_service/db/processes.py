"""Which processes belong to one PostgreSQL cluster.

A process number alone proves nothing: after a crash `postmaster.pid` may name a process that
has since become something else. So every server is started with a `cluster_name` of its own,
which PostgreSQL shows in the command line of each of its processes, for any user to read.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath

PROC = Path("/proc")
_TICK_S = 0.02


def belongs(pid: int, cluster_name: str) -> bool:
    """Whether the process lives and is a PostgreSQL of that cluster."""
    try:
        line = (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False
    program = PurePath(os.fsdecode(line.split(b"\0")[0]))
    is_postgres = line.startswith(b"postgres:") or program.name == "postgres"
    return is_postgres and cluster_name.encode() in line


def processes_of(cluster_name: str) -> list[int]:
    """The server of that cluster and all that it has forked, orphans included."""
    numbers = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())
    return [pid for pid in numbers if belongs(pid, cluster_name)]


def tell(pids: list[int], what: signal.Signals) -> None:
    """Signal each of them that is still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def until(happens: Callable[[], object], within_s: float) -> bool:
    """Wait for something to happen; whether it did in time."""
    deadline = time.monotonic() + within_s
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(_TICK_S)
    return True
