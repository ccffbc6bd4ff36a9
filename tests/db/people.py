"""Other processes that use a cluster, so that they can be killed."""

import os
import pwd
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from geo_service.db import embedded
from geo_service.errors import Problem

_fork = get_context("forkserver")
_fork.set_forkserver_preload(["geo_service.db.embedded", "tests.db.people"])

PATIENCE_S = 60


@dataclass
class Person:
    """A process that uses a cluster until it is told to leave."""

    process: BaseProcess
    line: Connection

    def says(self) -> object:
        """The server's process number, or the problem that was met."""
        assert self.line.poll(PATIENCE_S), "says nothing"
        return self.line.recv()

    def leaves(self) -> None:
        """In an orderly way."""
        self.line.send("thank you")
        self.process.join(PATIENCE_S)
        assert self.process.exitcode == 0

    def is_told(self, what: signal.Signals) -> None:
        """A signal, and waits for the end that it brings."""
        assert self.process.pid is not None
        os.kill(self.process.pid, what)
        self.process.join(PATIENCE_S)
        assert self.process.exitcode is not None


@contextmanager
def person(home: Path, user: str | None = None) -> Iterator[Person]:
    """Somebody else who uses the cluster in `home`; as root, under any user's name."""
    ours, theirs = _fork.Pipe()
    process = _fork.Process(target=_use, args=(home, theirs, user), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Person(process, ours)
    finally:
        process.kill()
        process.join()
        ours.close()


def _use(home: Path, line: Connection, user: str | None) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if user is not None:
        _become(user)
    try:
        with embedded.running(home, durable=False) as cluster:
            line.send(cluster.server)
            line.recv()
    except Problem as problem:
        line.send(problem)


def together(do: Callable[[str], object], what: str) -> list[int | None]:
    """Two processes do it at once; how they ended."""
    both = [_fork.Process(target=do, args=(what,), daemon=True) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(PATIENCE_S)
    return [one.exitcode for one in both]


def as_user(user: str, do: Callable[[str], str], what: str) -> str:
    """What root gets when that user does it."""
    ours, theirs = _fork.Pipe()
    process = _fork.Process(target=_do_as_user, args=(theirs, user, do, what), daemon=True)
    process.start()
    assert ours.poll(PATIENCE_S)
    answer = ours.recv()
    process.join(PATIENCE_S)
    return str(answer)


def _do_as_user(line: Connection, user: str, do: Callable[[str], str], what: str) -> None:
    _become(user)
    line.send(do(what))


def _become(user: str) -> None:
    """Root turns into that user, for good."""
    whom = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(whom.pw_gid)
    os.setuid(whom.pw_uid)
