"""How the server of a cluster is made, started and stopped, whatever a crash left behind.

Everything here is done alone: under `Cluster.alone()`.
"""

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from geo_service.db import binaries, folders, processes
from geo_service.db.cluster import SUPERUSER, Cluster
from geo_service.errors import Conflict

_MEMORY_MB = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
_CACHE_MB = min(max(_MEMORY_MB // 4, 128), 1024)
"""A quarter of the memory, as PostgreSQL's manual advises, up to the listings of a province: to
fetch a row from the kernel's cache takes as long as to find it. Only what is used is taken."""

SETTINGS = {
    "listen_addresses": "",  # nobody comes in over a network
    "port": str(folders.PORT),
    "unix_socket_permissions": "0700",  # as private as its folder
    "max_connections": "220",  # at most 44 a process: 12 write, 12 read, 10 nearby, 10 for reports
    "shared_buffers": f"{_CACHE_MB}MB",
    "work_mem": "16MB",  # a page's largest sort stays in memory
    "maintenance_work_mem": "256MB",  # an import's indexes are built in few passes
    "max_wal_size": "2GB",  # a national import does not wait for checkpoints
    "random_page_cost": "1.1",  # no seeks on flash; indexes are worth their reads
    "jit": "off",  # compiling costs more than a page's query
    "log_error_verbosity": "terse",  # rows that break a rule, with people's data, stay out
    "log_min_error_statement": "panic",  # and so do the statements
    "log_checkpoints": "off",  # routine
}
"""Given on the command line, so that a cluster made long ago gets them too."""

NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}
"""For a cluster that nobody will miss: a crash of the machine spoils it, one of PostgreSQL not."""

_MARK = "made-by-geo-service"
_ATTEMPTS = 4
_START_WITHIN_S = 300.0
_STOP_WITHIN_S = 60.0
_ORPHANS_MAY_TAKE_S = 2.0
_IN_BACKGROUND = '"$@" </dev/null >&2 & echo $!'

_log = logging.getLogger(__name__)


LEAST_FREE_BYTES = 100_000_000
"""With less, a failure is the disk's: what PostgreSQL makes first takes half of it."""


class PostgresDoesNotStart(Conflict):
    """The private PostgreSQL does not start."""


class DiskIsFull(PostgresDoesNotStart):
    """The disk of the data folder is full."""


def start(cluster: Cluster, *, durable: bool) -> None:
    """Make the cluster if need be, and bring its server to answer.

    Raises: PostgresIsMissing, FolderIsNotOurs, PostgresDoesNotStart.
    """
    for left_over in cluster.home.glob(".making-*"):  # of a killed maker; initdb may live on
        shutil.rmtree(left_over, ignore_errors=True)
    if not cluster.data.exists():
        _make(cluster, durable=durable)
    settings = SETTINGS | ({} if durable else NOT_DURABLE)
    programs = _programs_for(cluster)
    for _ in range(_ATTEMPTS):
        server = cluster.server or _see_off_orphans(cluster)
        if _answers(cluster, server or _launch(cluster, programs, settings)):
            return
    raise _failed(cluster, f"The last lines of {cluster.log}:")


def stop(cluster: Cluster) -> None:
    """Let the server roll back what is open and write down the rest; never force it."""
    asked: set[int] = set()

    def has_stopped() -> bool:
        if (server := cluster.server) and server not in asked:
            processes.tell([server], signal.SIGINT)
            asked.add(server)
        return not cluster.processes

    if not processes.until(has_stopped, _STOP_WITHIN_S):
        _log.warning("PostgreSQL is still writing down its last changes; it will end by itself.")


def _make(cluster: Cluster, *, durable: bool) -> None:
    """In a folder beside it, then renamed: the data folder is absent or complete."""
    home = cluster.home
    if (home / "PG_VERSION").exists():
        raise folders.FolderIsNotOurs(
            f"{home} is the data folder of another PostgreSQL. "
            "Name an empty folder in GEO_DATA_DIR, or that server in GEO_DATABASE_URL."
        )
    initdb = binaries.choose()["initdb"]
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=home))
    folders.keep_private(making, folders.server_user(home))
    how = ["-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", "-k", "--no-instructions"]
    how += ["--auth-local=trust", "--auth-host=reject"] + ([] if durable else ["--no-sync"])
    try:
        _as_server(cluster, initdb, "-D", making, *how)
    except subprocess.CalledProcessError as failed:
        shutil.rmtree(making, ignore_errors=True)
        raise _failed(cluster, "initdb said:") from failed
    (making / _MARK).touch()
    making.rename(cluster.data)
    if durable:
        os.sync()


def _programs_for(cluster: Cluster) -> binaries.Binaries:
    if not (cluster.data / _MARK).exists():
        raise folders.FolderIsNotOurs(
            f"{cluster.data} was not made by this service, and is left alone. "
            "Name an empty folder in GEO_DATA_DIR."
        )
    if cluster.data.stat().st_uid != folders.server_user(cluster.home).pw_uid:
        raise folders.not_yours(cluster.data)
    return binaries.choose(int((cluster.data / "PG_VERSION").read_text()))


def _see_off_orphans(cluster: Cluster) -> int | None:
    """End what a killed server left, or find that a killed starter's server has come up."""

    def clear() -> bool:
        return cluster.server is not None or not cluster.processes

    for blow in (signal.SIGQUIT, signal.SIGKILL):
        if not processes.until(clear, _ORPHANS_MAY_TAKE_S):
            processes.tell(cluster.processes, blow)
    processes.until(clear, _ORPHANS_MAY_TAKE_S)
    return cluster.server


def _launch(cluster: Cluster, programs: binaries.Binaries, settings: dict[str, str]) -> int:
    # It may name a stranger by now, for whose sake PostgreSQL would refuse to start.
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    shutil.rmtree(cluster.socket, ignore_errors=True)
    folders.keep_private(cluster.socket, folders.server_user(cluster.home))
    quoted = str(cluster.socket).replace('"', '""')
    settings |= {"cluster_name": cluster.name, "unix_socket_directories": f'"{quoted}"'}
    options = [part for pair in settings.items() for part in ("-c", "=".join(pair))]
    # Through a shell that ends at once, so that the server is no child of ours.
    shell = ("/bin/sh", "-c", _IN_BACKGROUND, "sh")
    server = (programs["postgres"], "-D", cluster.data)
    return int(_as_server(cluster, *shell, *server, *options))


def _answers(cluster: Cluster, server: int) -> bool:
    """Whether that process comes to answer; False when it ends, or cannot be reached."""

    def is_settled() -> bool:
        lives = processes.belongs(server, cluster.name)
        return cluster.is_open or not lives or cluster.is_lost

    if not processes.until(is_settled, _START_WITHIN_S):
        raise PostgresDoesNotStart(
            f"It has not answered for {_START_WITHIN_S:.0f} s, perhaps still recovering from a "
            f"crash. Try again; {cluster.log} says how far it is."
        )
    if cluster.is_lost:
        stop(cluster)
    return cluster.is_open


def _as_server(cluster: Cluster, *command: str | Path) -> str:
    user = folders.server_user(cluster.home)
    return processes.run_as(user, command, errors_to=cluster.log)


def _failed(cluster: Cluster, said: str) -> PostgresDoesNotStart:
    """What to tell whoever wanted it to run."""
    words = _last_words(cluster)
    is_full = "No space left on device" in words
    if is_full or shutil.disk_usage(cluster.home).free < LEAST_FREE_BYTES:
        return DiskIsFull(
            f"The disk with {cluster.home} is full. Make room, or name another folder: "
            "GEO_DATA_DIR=…"
        )
    return PostgresDoesNotStart(f"{said}\n{words}")


def _last_words(cluster: Cluster) -> str:
    return "\n".join(cluster.log.read_text(errors="replace").splitlines()[-8:])
