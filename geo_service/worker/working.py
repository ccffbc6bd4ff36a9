"""A worker from its start to its end."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable
from threading import Event

import psycopg
import structlog
from procrastinate import App
from procrastinate.exceptions import ProcrastinateException
from sqlalchemy.exc import SQLAlchemyError

from geo_service import tables
from geo_service.db.session import Sessions
from geo_service.later import watching
from geo_service.mail import carrying
from geo_service.mail.carrying import Rhythm
from geo_service.worker import known

LOOK_EVERY_S = 0.1
"""How soon a wish to stop is noticed."""

PATIENCE_S = 3.0
"""For what is in hand to be finished; letters are, in any case."""

TRY_AGAIN_S = 0.5
"""The pause before a database that was away is asked again."""

_log = structlog.get_logger()


def work(
    url: str,
    sessions: Sessions,
    carrier: Callable[[], App],
    *,
    is_over: Callable[[], bool],
    rhythm: Rhythm | None = None,
) -> None:
    """Do what there is to do, until it is over; what is in hand is finished."""
    tables.complete()
    _log.debug("worker starts", packages=known.__all__)

    async def carry_letters() -> None:
        await carrying.work(carrier(), rhythm or Rhythm())

    async def both() -> None:
        halted = Event()
        jobs = [
            asyncio.create_task(_persist(lambda: watching.work(url, sessions, halted))),
            asyncio.create_task(_persist(carry_letters)),
        ]
        try:
            while not is_over():
                await asyncio.sleep(LOOK_EVERY_S)
                for job in jobs:
                    if job.done():
                        job.result()
        finally:
            halted.set()
            await _end(jobs)

    asyncio.run(both())


async def _end(jobs: Iterable[asyncio.Task[None]]) -> None:
    """Wait for them. A cancellation that comes at a bad moment is lost in libraries: repeat it."""
    left = set(jobs)
    while left:
        for job in left:
            job.cancel()
        _, left = await asyncio.wait(left, timeout=PATIENCE_S)


async def _persist(work: Callable[[], Awaitable[None]]) -> None:
    """Begin anew whenever the database was away."""
    while True:
        try:
            await work()
        except (psycopg.Error, SQLAlchemyError, ProcrastinateException) as error:
            _log.warning("worker lost the database; trying again", error=type(error).__name__)
        await asyncio.sleep(TRY_AGAIN_S)


def is_alone(parent: int | None) -> bool:
    """Whether the process that this one works for is gone."""
    return parent is not None and os.getppid() != parent
