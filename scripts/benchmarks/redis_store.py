"""A Redis of this run's own, holding the same listings."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from scripts.benchmarks.database import Country

_SHOWN = """
COPY (
    SELECT id, ST_X(place::geometry), ST_Y(place::geometry), feature_head FROM listing WHERE shown
) TO STDOUT (DELIMITER E'\\x01', FORMAT csv, QUOTE E'\\x02')
"""
"""Separated by what no feature contains, so that nothing is escaped."""


@contextmanager
def running(home: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    """The server and its socket; it keeps nothing on disk."""
    socket = home / "redis.sock"
    socket.unlink(missing_ok=True)
    command = (
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        socket,
        "--save",
        "",
        "--appendonly",
        "no",
    )
    server = subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        while not socket.exists():
            if server.poll() is not None:
                raise SystemExit("redis-server did not start.")
            sleep(0.05)
        yield server, socket
    finally:
        server.terminate()
        server.wait()


def load(country: Country, socket: Path) -> None:
    """Every active listing: where it is, and its feature."""
    command = ("redis-cli", "-s", str(socket), "--pipe")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as pipe:
        assert pipe.stdin is not None
        with country.connect() as connection, connection.cursor().copy(_SHOWN) as copy:
            for row in copy:
                for line in bytes(row).splitlines():
                    id_, lng, lat, feature = line.split(b"\x01", 3)
                    pipe.stdin.write(_command(b"GEOADD", b"listing", lng, lat, id_))
                    pipe.stdin.write(_command(b"HSET", b"feature", id_, feature))


def _command(*words: bytes) -> bytes:
    """Source: Redis serialization protocol, arrays of bulk strings."""
    bulk = b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)
    return b"*%d\r\n%s" % (len(words), bulk)
