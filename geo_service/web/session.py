"""One transaction per request: returning commits it, raising undoes it."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from geo_service.db.session import Sessions


def _transaction(request: Request) -> Iterator[Session]:
    sessions: Sessions = request.app.state.sessions
    with sessions.begin() as session:
        yield session


def _reading(request: Request) -> Iterator[Session]:
    sessions: Sessions = request.app.state.read_sessions
    with sessions() as session:
        yield session


# Scope "function" commits before the answer leaves: nobody is told "created" of what was not.
DbSession = Annotated[Session, Depends(_transaction, scope="function")]
"""For requests that change something."""

ReadSession = Annotated[Session, Depends(_reading, scope="function")]
"""For requests that only look: READ ONLY, and on a standby when there is one."""
