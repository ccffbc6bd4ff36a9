"""The worker's side: asleep until something is queued or due, then run it."""

import asyncio
from datetime import datetime
from threading import Event

from psycopg import AsyncConnection
from sqlalchemy import func, select

from geo_service.clock import now
from geo_service.db.session import Sessions
from geo_service.db.url import for_libpq
from geo_service.later.models import Task
from geo_service.later.queueing import CHANNEL
from geo_service.later.repeating import keep_repeating
from geo_service.later.running import run_each

LONGEST_SLEEP_S = 5.0
"""However quiet it is; what a killed worker had in hand is taken up no later."""


async def work(url: str, sessions: Sessions, halted: Event) -> None:
    """Let effects happen until cancelled; once `halted`, no new one begins.

    Raises: psycopg.Error, SQLAlchemyError, when the database is gone.
    """
    line = await AsyncConnection.connect(for_libpq(url), autocommit=True)
    async with line:
        await line.execute(f"LISTEN {CHANNEL}")  # before the first look, so that none is missed
        await asyncio.to_thread(keep_repeating, sessions)
        while True:
            await asyncio.to_thread(_run_all, sessions, halted)
            sleep_s = await asyncio.to_thread(_until_next_s, sessions)
            async for _ in line.notifies(timeout=sleep_s, stop_after=1):
                pass


def _run_all(sessions: Sessions, halted: Event) -> None:
    if halted.is_set():
        return
    for _ in run_each(sessions, now):
        if halted.is_set():
            return


def _until_next_s(sessions: Sessions) -> float:
    with sessions() as session:
        at = now()
        upcoming = select(func.min(Task.due_at)).where(
            Task.put_aside_at.is_(None), Task.due_at > at
        )
        next_at: datetime | None = session.scalar(upcoming)
    return min(LONGEST_SLEEP_S, (next_at - at).total_seconds()) if next_at else LONGEST_SLEEP_S
