"""A worker beside the service that it works for: started after it, and gone with it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event, Lock, Thread

import structlog

PATIENCE_S = 10.0
"""Time to finish what is in hand; after that it is killed, which loses nothing."""

FROM_THE_TERMINAL = (signal.SIGINT, signal.SIGHUP)
"""They reach a whole process group. The companion does not hear them: `stop` tells it in time."""

PAUSES_S = (0.5, 1, 2, 5, 10, 30)
"""Before a worker that died is replaced; the last one from then on."""

_log = structlog.get_logger()


class Companion:
    """Keeps one process running from `start` to `stop`."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.command = command
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self._leaving = Event()
        self._turn = Lock()
        self._thread = Thread(target=self._keep, name="companion", daemon=True)

    def start(self) -> None:
        """Once, when the service itself is ready."""
        self._thread.start()

    def stop(self) -> None:
        """Let it finish, and wait for that. Without a start, nothing happens."""
        with self._turn:
            self._leaving.set()
            if self.process:
                self.process.terminate()
        if self._thread.is_alive():
            self._thread.join(PATIENCE_S)
            if self.process and self._thread.is_alive():
                self.process.kill()
                self._thread.join()

    def _keep(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, FROM_THE_TERMINAL)  # what is started inherits it
        deaths = 0
        while self._begin():
            assert self.process  # noqa: S101 (`_begin` says so)
            status = self.process.wait()
            if self._leaving.is_set():
                return
            _log.warning("the worker ended; starting another", status=status)
            self._leaving.wait(PAUSES_S[min(deaths, len(PAUSES_S) - 1)])
            deaths += 1

    def _begin(self) -> bool:
        with self._turn:
            if self._leaving.is_set():
                return False
            self.process = subprocess.Popen(self.command, env=self.environment)  # noqa: S603 (ours)
            return True


@contextmanager
def worker_beside(database_url: str, reports_url: str | None) -> Iterator[Companion]:
    """A worker of this program in the same process group, not started yet.

    It gets the database that is open already, so that it neither starts nor migrates one; and it
    ends by itself should this process be killed.
    """
    command = (sys.executable, "-m", "geo_service", "worker", "--beside", str(os.getpid()))
    mine = {name: value for name, value in os.environ.items() if name != "GEO_OWNER_DATABASE_URL"}
    named = {"GEO_DATABASE_URL": database_url, "GEO_REPORTS_DATABASE_URL": reports_url or ""}
    companion = Companion(command, mine | named)
    try:
        yield companion
    finally:
        companion.stop()
