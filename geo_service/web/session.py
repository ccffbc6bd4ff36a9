"""One transaction per request: returning commits it, raising undoes it.

A request takes its turn before it takes a thread, and holds a connection only after that: with
more turns than connections, threads that wait for a connection would keep those from running
that hold one. Who needs several takes them in one order, to write, to read, to confide: so nobody
waits in a circle.
"""

from asyncio import Semaphore, timeout
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from anyio import CancelScope
from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from geo_service.db.session import POOL_SIZE, Sessions
from geo_service.errors import Busy

PATIENCE_S = 5.0
"""Whoever waited so long for a turn is told to come again."""


class Turns:
    """As many requests at once as there are connections."""

    def __init__(self, sessions: Sessions, connections: int = POOL_SIZE) -> None:
        self.sessions = sessions
        self._free = Semaphore(connections)

    @asynccontextmanager
    async def take(self, request: Request | None = None) -> AsyncIterator[Session]:
        """A session that has not connected yet, once all of the request's form is here.

        Whoever sends slowly keeps nobody else waiting. Raises: Busy.
        """
        if request is not None and "form" in request.headers.get("content-type", ""):
            await request.form()  # kept by the request: it is read once
        try:
            async with timeout(PATIENCE_S):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            session = self.sessions()
            try:
                yield session
            finally:
                with CancelScope(shield=True):  # a connection must go back, whoever gave up
                    await run_in_threadpool(session.close)
        finally:
            self._free.release()


async def _transaction(request: Request) -> AsyncIterator[Session]:
    turns: Turns = request.app.state.writing
    async with turns.take(request) as session:
        yield session
        await run_in_threadpool(session.commit)


async def _reading(request: Request) -> AsyncIterator[Session]:
    turns: Turns = request.app.state.reading
    async with turns.take(request) as session:
        yield session


# Scope "function" commits before the answer leaves: nobody is told "created" of what was not.
DbSession = Annotated[Session, Depends(_transaction, scope="function")]
"""For requests that change something."""

ReadSession = Annotated[Session, Depends(_reading, scope="function")]
"""For requests that only look: READ ONLY, and on a standby when there is one."""
