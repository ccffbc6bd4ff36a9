"""Two logins on one connection, so that the one transaction of a test holds for both.

The connection is signed in as the superuser, who may become anybody; every statement runs as the
login of whoever sends it, with that login's rights and row level security.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Logins:
    """Who the shared connection is at the moment."""

    def __init__(self) -> None:
        self._current = ""

    def become(self, login: str, cursor: Any, statement: str) -> None:
        """Before a statement of that login's; a rollback also undoes who one was."""
        if statement.startswith(TRANSACTIONS):
            if statement.startswith("ROLLBACK"):
                self._current = ""
        elif login != self._current:
            cursor.connection.cursor().execute(f"SET LOCAL SESSION AUTHORIZATION {login}")
            self._current = login


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

    @event.listens_for(connection, "before_cursor_execute")
    def become(_c: Any, cursor: Any, statement: str, *_: Any) -> None:
        state.become(login, cursor, statement)

    return connection
