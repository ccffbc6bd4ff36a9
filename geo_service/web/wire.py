"""HTTP/1.1 with a limit on what may be sent before the first answer.

uvicorn's fast protocol waits for ever for the end of the headers, and keeps whatever is sent
until then. The proxy in front bears that in earnest; this is for a service without one.
"""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_LIMIT_BYTES = 32 * 1024
"""The longest request line and headers taken together."""

HEAD_LIMIT_S = 10.0
"""The longest that they may take to arrive, from the connection or from the first byte."""


class BoundedHead(HttpToolsProtocol):
    """uvicorn's protocol, which hangs up on whoever sends too long or too slow a head."""

    _is_between = False
    _head_bytes = 0
    _deadline: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Somebody came in, and is expected to say what they want."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """They left."""
        self._head_arrived()
        super().connection_lost(exc)

    def on_headers_complete(self) -> None:
        """All is said but the body."""
        self._head_arrived()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is here too; what follows is another request."""
        super().on_message_complete()
        self._is_between = True

    def data_received(self, data: bytes) -> None:
        """Some of it."""
        if self._is_between:
            self._await_head()
        super().data_received(data)
        if self._deadline is not None:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_LIMIT_BYTES:
                self._hang_up()

    def _await_head(self) -> None:
        self._is_between = False
        if self._deadline is None:
            self._head_bytes = 0
            self._deadline = self.loop.call_later(HEAD_LIMIT_S, self._hang_up)

    def _head_arrived(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        self._head_arrived()
        if not self.transport.is_closing():
            self.transport.abort()
