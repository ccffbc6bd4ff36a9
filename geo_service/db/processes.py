"""The processes of one PostgreSQL cluster: how to know them, start them, end them.

A process number alone proves nothing: after a crash `postmaster.pid` may name a process that
has since become something else. So every server is started with a `cluster_name` of its own,
which PostgreSQL shows in the command line of each of its processes, for any user to read.
"""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PurePath

_PROC = Path("/proc")
_TICK_S = 0.02
_LOG_LIMIT_BYTES = 10_000_000


def belongs(pid: int, cluster_name: str) -> bool:
    """Whether the process lives and is a PostgreSQL of that cluster."""
    try:
        line = (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False
    program = PurePath(os.fsdecode(line.split(b"\0")[0]))
    is_postgres = line.startswith(b"postgres:") or program.name == "postgres"
    return is_postgres and cluster_name.encode() in line


def processes_of(cluster_name: str) -> list[int]:
    """The server of that cluster and all that it has forked, orphans included."""
    numbers = (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdecimal())
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


def run_as(user: pwd.struct_passwd, command: Sequence[str | Path], *, errors_to: Path) -> str:
    """Run a program as that user, with nothing of our environment; what it prints."""
    lent = user if os.geteuid() == 0 else None
    with errors_to.open("a") as log:
        if log.tell() > _LOG_LIMIT_BYTES:
            log.truncate(0)
        done = subprocess.run(
            command,
            check=True,
            user=lent and lent.pw_uid,
            group=lent and lent.pw_gid,
            extra_groups=[] if lent else None,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    return done.stdout
