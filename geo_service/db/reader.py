"""The one fast path: a few asynchronous connections that only read.

Everything else is synchronous and goes through SQLAlchemy. The nearby query is asked far more
often than all others together, and is answered by one prepared statement; a
thread and a session per question would cost three times as much as the answer.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any, Protocol

from psycopg import OperationalError

from geo_service.db.line import Line, LineIsDead, Rows
from geo_service.db.url import for_libpq

CONNECTIONS = 10
"""Enough to keep two cores of PostgreSQL busy; more would only wait there instead of here."""

PATIENCE_S = 5.0
"""Whoever waited so long for a free connection is told to come again."""

OPTIONS = (
    "-c default_transaction_read_only=on -c statement_timeout=5s -c timezone=UTC -c jit=off"
    " -c plan_cache_mode=force_generic_plan"
)
"""What every connection is told when it is made.

Generic plans: what decides a plan is written into the statement, and planning it anew takes as
long as the answer.
"""


class ReaderIsBusy(OperationalError):
    """All connections were in use for too long."""


class Reader(Protocol):
    """Whoever runs one reading statement and returns its rows."""

    async def rows(self, statement: str, values: Mapping[str, Any]) -> Rows:
        """The rows. `statement` has `%(name)s` for every value."""
        ...


class PooledReader:
    """Reads on connections of its own, every statement a READ ONLY transaction.

    A connection is made when all others are busy, and the one used last is used first. Losing
    one, to a restart say, is not noticed by who asks: to look twice does no harm.
    """

    def __init__(self, url: str) -> None:
        self._url = for_libpq(url)
        self._free: list[Line] = []
        self._turns = CONNECTIONS
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def close(self) -> None:
        """Disconnect."""
        while self._free:
            await self._free.pop().close()

    async def rows(self, statement: str, values: Mapping[str, Any]) -> Rows:
        """The rows. Raises: ReaderIsBusy, OperationalError."""
        if self._turns:
            self._turns -= 1
        else:
            await self._wait()
        try:
            try:
                return await self._ask(statement, values)
            except LineIsDead:
                return await self._ask(statement, values)
        finally:
            self._pass_on()

    async def _wait(self) -> None:
        """Until somebody passes their turn on, for less than asyncio's semaphore and timeout."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        patience = loop.call_later(PATIENCE_S, _lose_patience, turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._pass_on()  # it was given to somebody who had gone
            raise
        finally:
            patience.cancel()

    def _pass_on(self) -> None:
        """To who has waited longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._turns += 1

    async def _ask(self, statement: str, values: Mapping[str, Any]) -> Rows:
        line = await self._take()
        try:
            return await line.rows(statement, values)
        finally:
            if line.is_dead:
                await line.close()
            else:
                self._free.append(line)

    async def _take(self) -> Line:
        while self._free:
            line = self._free.pop()
            if not line.is_dead:
                return line
            await line.close()
        return await Line.open(self._url, OPTIONS)


def _lose_patience(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_exception(ReaderIsBusy())
