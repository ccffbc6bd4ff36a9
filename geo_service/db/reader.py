"""The one fast path: a small pool of asynchronous connections that only read.

Everything else is synchronous and goes through SQLAlchemy. The nearby query is asked far more
often than all others together, and is answered by one prepared statement that returns one row;
a thread and a session per question would cost three times as much as the answer.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import make_url

CONNECTIONS = 10
"""Enough to keep two cores of PostgreSQL busy; more would only wait there instead of here."""

_OPTIONS = "-c default_transaction_read_only=on -c statement_timeout=5s -c timezone=UTC -c jit=off"


class Reader(Protocol):
    """Whoever runs one reading statement and returns its first row."""

    async def row(self, statement: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The first row. `statement` has `%(name)s` for every value."""
        ...


class PooledReader:
    """Reads on connections of its own, every statement a READ ONLY transaction."""

    def __init__(self, url: str) -> None:
        self._pool: AsyncConnectionPool[AsyncConnection[TupleRow]] = AsyncConnectionPool(
            make_url(url).set(drivername="postgresql").render_as_string(hide_password=False),
            min_size=2,
            max_size=CONNECTIONS,
            timeout=5,
            open=False,
            kwargs={"autocommit": True, "options": _OPTIONS, "prepare_threshold": 1},
            name="reader",
        )

    async def open(self) -> None:
        """Connect; does not wait until the database answers."""
        await self._pool.open()

    async def close(self) -> None:
        """Disconnect."""
        await self._pool.close()

    async def row(self, statement: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The first row."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement.encode(), values)
            found = await cursor.fetchone()
        if found is None:
            message = "a reading statement gives at least one row"
            raise LookupError(message)
        return found
