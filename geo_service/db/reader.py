"""The one fast path: a few asynchronous connections that only read.

Everything else is synchronous and goes through SQLAlchemy. The nearby query is asked far more
often than all others together, and is answered by one prepared statement; a
thread and a session per question would cost three times as much as the answer.
"""

import asyncio
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
        self._turns = asyncio.Semaphore(CONNECTIONS)

    async def close(self) -> None:
        """Disconnect."""
        while self._free:
            await self._free.pop().close()

    async def rows(self, statement: str, values: Mapping[str, Any]) -> Rows:
        """The rows. Raises: ReaderIsBusy, OperationalError."""
        if self._turns.locked():
            await self._wait()
        else:
            await self._turns.acquire()
        try:
            try:
                return await self._ask(statement, values)
            except LineIsDead:
                return await self._ask(statement, values)
        finally:
            self._turns.release()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._turns.acquire()
        except TimeoutError:
            raise ReaderIsBusy from None

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
