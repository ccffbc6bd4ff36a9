"""Two logins on one connection, so that the one transaction of a test holds for both.

The connection is signed in as the superuser, who may become anybody; every statement runs as the
login of whoever sends it, with that login's rights and row level security.

In earnest the two have transactions of their own, which begin and end as they like. Here those
are savepoints of one, which PostgreSQL keeps in a pile: what ends below another stays until that
has ended, too. Reading transactions write nothing, so they need no place in the pile: each run of
their statements is enclosed by a savepoint of its own, in which PostgreSQL refuses to write.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, event

NOTHING = "SELECT 1"
READ_ONLY = "SET LOCAL transaction_read_only = on"


@dataclass
class Savepoint:
    """One transaction of a login's, as it lies in the pile."""

    login: str
    name: str
    reads: bool = False
    over: bool = False


class Logins:
    """Who the shared connection is at the moment, and what has begun and not ended."""

    def __init__(self) -> None:
        self._current = ""
        self._pile: list[Savepoint] = []
        self._is_reading = False

    def woven(self, login: str, cursor: Any, statement: str) -> str:
        """What is sent instead of a statement of that login's; before it, who they are."""
        verb, _, rest = statement.partition(" ")
        name = f"{login}_{rest.rpartition(' ')[2]}"
        if verb in {"SAVEPOINT", "RELEASE", "ROLLBACK"}:
            self._stop_reading(cursor)
        if verb == "SAVEPOINT":
            self._pile.append(Savepoint(login, name))
            return f"SAVEPOINT {name}"
        if verb == "RELEASE":
            return self._ended(name)
        if verb == "ROLLBACK":
            return self._undone(name, cursor)
        if statement == READ_ONLY:
            self._latest(login).reads = True
            return NOTHING
        self._become(login, cursor)
        return statement

    def _latest(self, login: str) -> Savepoint:
        return next(one for one in reversed(self._pile) if one.login == login)

    def _become(self, login: str, cursor: Any) -> None:
        reads = any(one.reads and not one.over for one in self._pile if one.login == login)
        if self._is_reading and not reads:
            self._stop_reading(cursor)
        send = cursor.connection.cursor().execute
        if reads and not self._is_reading:
            send("SAVEPOINT reading")
            send(READ_ONLY)
            self._is_reading = True
        if login != self._current:
            send(f"SET LOCAL SESSION AUTHORIZATION {login}")
            self._current = login

    def _stop_reading(self, cursor: Any) -> None:
        if self._is_reading:
            send = cursor.connection.cursor().execute
            send("ROLLBACK TO SAVEPOINT reading")
            send("RELEASE SAVEPOINT reading")
            self._is_reading, self._current = False, ""

    def _ended(self, name: str) -> str:
        """Leave the pile, with all that was over above and waited for this one."""
        for one in self._pile:
            one.over |= one.name == name
        bottom = len(self._pile)
        while bottom and self._pile[bottom - 1].over:
            bottom -= 1
        if bottom == len(self._pile):
            return NOTHING
        lowest = self._pile[bottom].name
        del self._pile[bottom:]
        return f"RELEASE SAVEPOINT {lowest}"

    def _undone(self, name: str, cursor: Any) -> str:
        """What lies above is undone with it; what was read is as it was."""
        place = next((at for at, one in enumerate(self._pile) if one.name == name), None)
        failed = cursor.connection.info.transaction_status == TransactionStatus.INERROR
        if place is None:
            return NOTHING
        if self._pile[place].reads and not failed:
            return self._ended(name)
        del self._pile[place + 1 :]
        self._current = ""
        return f"ROLLBACK TO SAVEPOINT {name}; {self._ended(name)}"


@contextmanager
def shared(engine: Engine, *logins: str) -> Iterator[tuple[Connection, ...]]:
    """One connection of the superuser's for each login, all the same; everything is undone."""
    one = engine.raw_connection()
    state = Logins()
    made = [_as_login(engine, one, login, state) for login in logins]
    try:
        yield tuple(made)
    finally:
        for connection in reversed(made):
            connection.rollback()
        one.rollback()
        one.close()


def _as_login(engine: Engine, one: Any, login: str, state: Logins) -> Connection:
    connection = Connection(engine, connection=one)
    connection.begin()

    @event.listens_for(connection, "before_cursor_execute", retval=True)
    def weave(_c: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        return state.woven(login, cursor, statement), parameters

    return connection
