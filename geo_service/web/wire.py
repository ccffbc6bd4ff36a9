"""HTTP/1.1 with a limit on how much may be said, and how slowly.

uvicorn's fast protocol waits for ever for the end of a request, and keeps whatever is sent until
its headers are complete. The proxy in front bears that in earnest; this is for a service without
one. How long a body may be is the doorkeeper's business.
"""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_LIMIT_BYTES = 32 * 1024
"""The longest request line and headers taken together."""

HEAD_LIMIT_S = 10.0
"""The longest that they may take to arrive, from the connection or from the first byte."""

BODY_LIMIT_S = 30.0
"""The longest that a body may take after them: as long as any answer may."""

ANSWERED_LIMIT_S = 2.0
"""The rest of a body that was answered already: hanging up at once could lose the answer."""


class Bounded(HttpToolsProtocol):
    """uvicorn's protocol, which hangs up on whoever sends too long or too slowly."""

    _deadline: TimerHandle | None = None
    """Set while a request is expected or incomplete."""

    _is_head = False
    """Whether it is the head that is incomplete."""

    _head_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Somebody came in, and is expected to say what they want."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """They left."""
        self._await_nothing()
        super().connection_lost(exc)

    def on_headers_complete(self) -> None:
        """All is said but the body."""
        self._is_head = False
        self._await_within(BODY_LIMIT_S)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is here too; what follows is another request."""
        self._await_nothing()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """An answer is out; if it is the last one, nobody needs what is still to come of a body."""
        super().on_response_complete()
        if self._deadline is not None and not self._is_head and self.cycle.response_complete:
            self._await_within(ANSWERED_LIMIT_S)

    def data_received(self, data: bytes) -> None:
        """Some of it."""
        if self._deadline is None:
            self._await_head()
        super().data_received(data)
        if self._is_head:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_LIMIT_BYTES:
                self._hang_up()

    def _await_head(self) -> None:
        self._is_head = True
        self._head_bytes = 0
        self._await_within(HEAD_LIMIT_S)

    def _await_within(self, seconds: float) -> None:
        self._await_nothing()
        self._deadline = self.loop.call_later(seconds, self._hang_up)

    def _await_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        self._await_nothing()
        if not self.transport.is_closing():
            self.transport.abort()
