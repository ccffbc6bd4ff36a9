"""One connection of the fast path: statements in, rows out, nothing in between.

psycopg connects, converts values and knows errors, and libpq is spoken to through its own
`psycopg.pq`. Only the waiting is ours: the event loop watches the socket once and for all, and
there is no cursor. That costs the service's process a third of what `connection.execute` does
(measured, 2026-11), for the price of this file.
"""

import asyncio
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Self

from psycopg import AsyncConnection, OperationalError, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, Format
from psycopg.pq.abc import PGresult

PREPARED = 100
"""Statements kept prepared; whoever asks for still more kinds of question starts anew."""

_PLACE_OF_VALUE = re.compile(r"%\((\w+)\)s|%%")


Rows = list[tuple[Any, ...]]
"""What a statement gives."""


class LineIsDead(OperationalError):
    """The connection is gone: the server ended it, or a question was given up half-way."""


class _Numbered(NamedTuple):
    """A statement as PostgreSQL wants it, with `$1` for the first of `names`."""

    text: bytes
    names: tuple[str, ...]


@lru_cache(maxsize=512)
def _numbered(statement: str) -> _Numbered:
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        name = found[1]
        return f"${names.setdefault(name, len(names) + 1)}" if name else "%"

    text = _PLACE_OF_VALUE.sub(number, statement)
    return _Numbered(text.encode(), tuple(names))


class Line:
    """A connection that answers one statement at a time."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._socket = connection.pgconn.socket
        self._convert = Transformer(connection)
        self._prepared: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._results: list[PGresult] = []
        self._awaited: asyncio.Future[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._readable)
        self.is_dead = False

    @classmethod
    async def open(cls, url: str, options: str) -> Self:
        """Connect. Raises: OperationalError."""
        return cls(
            await AsyncConnection.connect(
                url,
                autocommit=True,
                options=options,
                client_encoding="utf8",  # statements are sent so, and rows may hold bare bytes
            )
        )

    async def close(self) -> None:
        """Disconnect."""
        self._give_up()
        await self._connection.close()

    async def rows(self, statement: str, values: Mapping[str, Any]) -> Rows:
        """The rows. Raises: LineIsDead, and what PostgreSQL complains about."""
        query, names = _numbered(statement)
        given = [values[name] for name in names]
        converted = self._convert.dump_sequence(given, [PyFormat.AUTO] * len(given))
        types, formats = self._convert.types or (), self._convert.formats
        try:
            name = self._prepared.get((query, types)) or await self._prepare(query, types)
            self._libpq.send_query_prepared(name, converted, formats, Format.BINARY)
            result = await self._answer()
        except asyncio.CancelledError:
            self._give_up()  # its answer would be taken for that of the next question
            raise
        except OperationalError as error:
            if self._libpq.status == ConnStatus.OK:
                raise
            self._give_up()
            raise LineIsDead("The connection to the database is gone.") from error
        self._convert.set_pgresult(result)
        return self._convert.load_rows(0, result.ntuples, tuple)

    async def _prepare(self, query: bytes, types: tuple[int, ...]) -> bytes:
        if len(self._prepared) >= PREPARED:
            self._prepared.clear()
            self._libpq.send_query(b"DEALLOCATE ALL")
            await self._answer()
        name = b"%d" % len(self._prepared)
        self._libpq.send_prepare(name, query, types)
        await self._answer()
        self._prepared[query, types] = name
        return name

    async def _answer(self) -> PGresult:
        self._results = []
        self._awaited = self._loop.create_future()
        while self._libpq.flush():  # noqa: ASYNC110 (a question fits the buffer: never yet seen)
            await asyncio.sleep(0)
        await self._awaited
        result = self._results[0]
        if result.status == ExecStatus.FATAL_ERROR:
            raise self._complaint(result)
        return result

    def _complaint(self, result: PGresult) -> Exception:
        state = result.error_field(DiagnosticField.SQLSTATE) or b""
        try:
            kind = errors.lookup(state.decode())
        except KeyError:
            kind = OperationalError
        return kind(result.get_error_message())

    def _readable(self) -> None:
        """Take in what has arrived; also how one learns that the server has gone."""
        try:
            self._libpq.consume_input()
            while not self._libpq.is_busy():
                result = self._libpq.get_result()
                if result is None:
                    break
                self._results.append(result)
            else:
                return
        except OperationalError:
            self._give_up()
            return
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_result(None)

    def _give_up(self) -> None:
        if self.is_dead:
            return
        self.is_dead = True
        self._loop.remove_reader(self._socket)
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_exception(LineIsDead("The connection to the database is gone."))
