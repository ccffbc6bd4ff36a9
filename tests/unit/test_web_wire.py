"""What is sent on a connection, by people who mean ill."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from time import monotonic

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo_service.web import wire
from geo_service.web.server import Server, Stop, listening

ASKING = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"


UNFINISHED = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n"


async def hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


async def deaf(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("no bytes")


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server that waits for a head for half a second, and for the rest longer than any test."""
    monkeypatch.setattr(wire, "HEAD_LIMIT_S", 0.5)
    monkeypatch.setattr(wire, "BODY_LIMIT_S", 60)
    monkeypatch.setattr(wire, "ANSWERED_LIMIT_S", 60)
    routes = [Route("/", hello, methods=["GET", "POST"]), Route("/deaf", deaf, methods=["POST"])]
    app, stop, ready = Starlette(routes=routes), Stop(), Stop()
    with listening("127.0.0.1", 0) as listener:
        server = Server(app, stop, ready.set)
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        assert ready.wait(5)
        yield listener.getsockname()
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def one_answer(connection: socket.socket) -> bytes:
    """One answer of `hello`, on a connection that stays."""
    connection.settimeout(5)
    pieces = b""
    while not pieces.endswith(b" bytes"):
        pieces += connection.recv(65536)
    return pieces


def answer(connection: socket.socket) -> bytes:
    """Whatever comes until somebody hangs up. Raises: TimeoutError, when nobody does."""
    connection.settimeout(5)
    pieces = []
    try:
        while piece := connection.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def test_who_says_nothing_is_not_waited_for(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        assert answer(connection) == b""


def test_who_never_finishes_is_not_waited_for(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(ASKING[:-2])
        assert answer(connection) == b""


def test_who_never_finishes_a_second_request_is_not_waited_for(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(ASKING)
        assert one_answer(connection).startswith(b"HTTP/1.1 200")
        connection.sendall(b"\r\n")
        assert answer(connection) == b""


def test_who_sends_headers_without_end_is_cut_off(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEAD_LIMIT_S", 60)
    endless = ASKING[:-2] + 1000 * (b"X-More: " + 4000 * b"a" + b"\r\n")
    with socket.create_connection(address) as connection, suppress(ConnectionError):
        connection.sendall(endless)  # all of it may fit where nobody has read yet
        assert answer(connection) == b""


def test_a_body_may_take_longer_than_a_head(address: tuple[str, int]) -> None:
    body = b"a" * (4 * wire.HEAD_LIMIT_BYTES)
    head = f"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with socket.create_connection(address) as connection:
        connection.sendall(head + body[:9])
        connection.settimeout(0.8)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.sendall(body[9:])
        assert one_answer(connection).endswith(f"{len(body)} bytes".encode())


def test_a_connection_is_kept_for_the_next_request(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        for _ in range(3):
            connection.sendall(ASKING)
            assert one_answer(connection).endswith(b"0 bytes")


def test_who_never_finishes_a_body_is_not_waited_for(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "BODY_LIMIT_S", 1)
    began = monotonic()
    with socket.create_connection(address) as connection:
        connection.sendall(UNFINISHED + b"a")
        assert answer(connection) == b""
    assert monotonic() - began > 0.9, "longer than for a head"


def test_a_body_that_was_answered_already_is_not_waited_for(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "ANSWERED_LIMIT_S", 0.5)
    with socket.create_connection(address) as connection:
        connection.sendall(UNFINISHED.replace(b"/ ", b"/deaf ", 1))
        assert one_answer(connection).startswith(b"HTTP/1.1 200")
        connection.sendall(b"a")  # ends uvicorn's own patience with an idle connection
        assert answer(connection) == b""


def test_a_body_that_ends_after_its_answer_keeps_the_connection(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(UNFINISHED.replace(b"/ ", b"/deaf ", 1))
        one_answer(connection)
        connection.sendall(100 * b"a" + ASKING)
        assert one_answer(connection).endswith(b"0 bytes")


def test_a_second_request_may_follow_before_the_first_answer(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(ASKING + UNFINISHED + 40 * b"a")
        assert one_answer(connection).endswith(b"0 bytes")
        connection.sendall(60 * b"a")
        assert one_answer(connection).endswith(b"100 bytes")
