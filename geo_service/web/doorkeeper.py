"""What every request passes on its way in and out.

One plain ASGI layer, because it stands before the hottest path: a request id, a cap on the
body, security headers, a line in the log and a tick in the metrics. The limit on time is a layer
of its own, behind the hot doors; they keep the same limit themselves.
"""

import re
from collections.abc import Collection
from functools import cache
from secrets import token_hex
from time import perf_counter

import structlog
from anyio import fail_after
from prometheus_client import Counter, Histogram
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_service.web.metrics import REQUESTS, SECONDS
from geo_service.web.problems import problem_response, unforeseen

BODY_LIMIT_BYTES = 1_000_000
"""More than any form here needs."""

FILE_LIMIT_BYTES = 20_000_000
"""What a door takes to which offices send files."""

TIME_LIMIT_S = 30.0
"""Longer than any answer here takes; whoever waited longer has gone."""

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""Scripts, styles, workers and connections only from here, and nothing inline."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Counted by name; a client may make up others without end."""

DISCREET = "(discreet)"
"""What the log and the figures call doors of which they tell no more."""

_SECURITY = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"geolocation=(self), camera=(), microphone=(), payment=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")

_log = structlog.get_logger()


@cache
def _figures(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """What counts and times such answers; finding it costs more than counting."""
    return REQUESTS.labels(method, route, status), SECONDS.labels(route)


class Doorkeeper:
    """The outermost layer of the service."""

    def __init__(
        self, app: ASGIApp, files_at: Collection[str] = (), discreet: tuple[str, ...] = ()
    ) -> None:
        """`discreet`: how paths begin of which no log and no figure tells what was done there."""
        self.app, self._files_at, self._discreet = app, frozenset(files_at), discreet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in and its answer out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        roomy = scope["path"] in self._files_at
        limit_bytes = FILE_LIMIT_BYTES if roomy else BODY_LIMIT_BYTES
        is_discreet = scope["path"].startswith(self._discreet)
        await _Visit(self.app, scope, receive, send, limit_bytes, is_discreet=is_discreet).run()


class TimeLimit:
    """Gives up on an answer that takes too long; the doorkeeper says so.

    Hot doors have one of their own: they need no threads, and this one costs as much as a page's
    log line (measured, 2026-11).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises: TimeoutError."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with fail_after(TIME_LIMIT_S):  # unlike asyncio's, it lets threads finish their work
            await self.app(scope, receive, send)


class _Visit:
    """One request."""

    def __init__(  # noqa: PLR0913 (what ASGI hands over, and two ways of the door)
        self,
        app: ASGIApp,
        scope: Scope,
        receive: Receive,
        send: Send,
        limit_bytes: int,
        *,
        is_discreet: bool,
    ) -> None:
        self.app, self._receive, self._send = app, receive, send
        self._is_discreet = is_discreet
        self.limit_bytes = limit_bytes
        self.method = scope["method"] if scope["method"] in METHODS else "other"
        # Whoever may GET may ask for the headers alone.
        self.scope = {**scope, "method": "GET"} if self.method == "HEAD" else scope
        self.status = 0
        self.body_bytes = 0
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"")
        self.id = given if _REQUEST_ID.fullmatch(given) else token_hex(8).encode()
        self.declared = headers.get(b"content-length", b"0")

    async def run(self) -> None:
        """Answer, whatever happens, and note it."""
        began = perf_counter()
        structlog.contextvars.bind_contextvars(request_id=self.id.decode())
        try:
            await self._answered()
        except TimeoutError:
            await self._refuse(503, "too-slow", "This took too long. Please try again.")
        except Exception as error:  # noqa: BLE001 (nothing may pass the door unanswered)
            await self._reply(unforeseen(Request(self.scope), error))
        finally:
            self._note(perf_counter() - began)
            structlog.contextvars.clear_contextvars()

    async def _answered(self) -> None:
        if not self.declared.isdigit() or int(self.declared) > self.limit_bytes:
            await self._refuse(413, "body-too-large", "The body is too large.")
            return
        if "\0" in self.scope["path"]:  # names nothing, and PostgreSQL could not even be asked
            await self._refuse(400, "no-such-sign", "An address holds no NUL character.")
            return
        await self.app(self.scope, self.receive, self.send)

    async def receive(self) -> Message:
        """The next piece of the body, counted."""
        message = await self._receive()
        self.body_bytes += len(message.get("body", b""))
        if self.body_bytes > self.limit_bytes:
            raise HTTPException(413)
        return message

    async def send(self, message: Message) -> None:
        """The next piece of the answer; security headers go with the first."""
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            message["headers"] = [
                *message["headers"],
                *_SECURITY,
                (b"x-request-id", self.id),
            ]
        elif self.method == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)

    async def _refuse(self, status: int, type_: str, title: str) -> None:
        refusal = problem_response(Request(self.scope), status, type_, title)
        refusal.headers["Connection"] = "close"
        await self._reply(refusal)

    async def _reply(self, answer: Response) -> None:
        if not self.status:  # else the answer has begun; all we can do is stop
            await answer(self.scope, self.receive, self.send)

    def _note(self, seconds: float) -> None:
        """Log and count by route, never by path: a path may name a person."""
        if self._is_discreet:
            self._note_discreetly()
            return
        route = getattr(self.scope.get("route"), "path", "(none)")
        requests, times = _figures(self.method, route, self.status)
        requests.inc()
        times.observe(seconds)
        _log.info(
            "request",
            method=self.method,
            route=route,
            status=self.status,
            ms=round(seconds * 1e3, 1),
        )

    def _note_discreetly(self) -> None:
        """That somebody was here; only a failure tells more. Else one could count what was told."""
        status = self.status if self.status >= 500 else 200
        requests, _ = _figures("(any)", DISCREET, status)
        requests.inc()
        _log.info("request", route=DISCREET, status=status)
