"""uvicorn as we run it.

The address is taken before a database is started, any of three signals ends all in good order,
and only the service itself logs.
"""

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import Event
from types import FrameType
from typing import Any

import uvicorn

from geo_service.errors import Conflict
from geo_service.web.wire import Bounded

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a supervisor, and the terminal that was closed."""

PATIENCE_S = 5
"""Time a request that is being answered gets to finish when the service stops."""


class CannotListen(Conflict):
    """The service cannot listen on this address."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The address, taken at once: whoever comes second learns so before starting a database.

    Raises: CannotListen.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind)
    except (OSError, UnicodeError) as error:
        raise CannotListen(f"“{host}” (HOST) is not an address of this machine.") from error
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(socket.SOMAXCONN)
        except OSError as error:
            raise CannotListen(_why(host, port, error)) from error
        yield listener


def _why(host: str, port: int, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"Port {port} (PORT) needs more rights than this user has; choose one above 1023."
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken, perhaps by this service running already. "
            f"Stop it, or choose another: PORT={port + 1 if port < 65535 else 8001}"
        )
    return f"“{host}” (HOST) is not an address of this machine."


def address(listener: socket.socket) -> str:
    """What to type into a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Stop(Event):
    """Whether somebody asked the service to stop. Steps of the start ask it in between."""

    is_ending = False
    """Whether the orderly end has begun: nothing interrupts it."""

    def is_noticed(self) -> bool:
        """Whether to end now."""
        self.is_ending = self.is_ending or self.is_set()
        return self.is_ending

    def check(self) -> None:
        """Leave, in good order, if somebody asked for it."""
        if self.is_noticed():
            raise SystemExit(0)


@contextmanager
def stop_signals() -> Iterator[Stop]:
    """Signals become a wish that is noticed between steps, so that no step is left half done.

    A second one insists, and interrupts the step that did not notice. Once the wish was noticed,
    or insisted on, nothing interrupts the orderly end, or a database would be left behind.
    """
    stop = Stop()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_ending:
            return
        if stop.is_set():
            stop.is_ending = True
            raise SystemExit(130)
        stop.set()

    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    for number, handler in before.items():
        if number is not signal.SIGHUP or handler is not signal.SIG_IGN:  # nohup
            signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Server(uvicorn.Server):
    """Serves until `stop` is set, and tells `ready` when it accepts."""

    def __init__(self, app: Any, stop: Stop, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=Bounded,
                lifespan="on",
                log_config=None,  # the service logs by itself: without queries, which hold places
                log_level="warning",
                access_log=False,
                server_header=False,
                ws="none",
                timeout_graceful_shutdown=PATIENCE_S,
            )
        )
        self.stop = stop
        self.ready = ready

    def capture_signals(self) -> Any:
        """Signals are `stop_signals`' business, from before the start until after the end."""
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self.ready()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to stop."""
        return await super().on_tick(counter) or self.stop.is_noticed()
