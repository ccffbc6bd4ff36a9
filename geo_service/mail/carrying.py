"""The worker's side: procrastinate jobs carry letters, and no killed worker keeps one."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import procrastinate
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from geo_service.db.session import Sessions
from geo_service.db.url import for_libpq
from geo_service.mail.letter import message
from geo_service.mail.models import Envelope
from geo_service.mail.sending import CARRY, QUEUE
from geo_service.mail.ways import Refused, Way

CARRIED_AT_ONCE = 4
"""Talks with the mail server at the same time, per worker."""


@dataclass(frozen=True)
class Rhythm:
    """How fast the death of a worker is noticed."""

    heartbeat_s: float = 10.0
    lost_after_s: float = 30.0
    """Without a heartbeat for so long, a worker is dead and its letters are carried by another."""


class Patience(procrastinate.RetryStrategy):
    """Try for four days, after 4 s, 16 s, 64 s, …; but not what was refused for good."""

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> procrastinate.RetryDecision | None:
        """Procrastinate's hook."""
        if isinstance(exception, Refused):
            return None
        return super().get_retry_decision(exception=exception, job=job)


PATIENCE = Patience(max_attempts=9, exponential_wait=4)


def carry(sessions: Sessions, way: Way, sender: str, letter: UUID) -> None:
    """Send a letter, and forget it; one that was sent already is no more.

    Its row stays locked meanwhile, so that of two who carry the same letter the second finds it
    gone. Raises: Refused, having forgotten it too.
    """
    refused: Refused | None = None
    with sessions.begin() as session:
        envelope = session.get(Envelope, letter, with_for_update=True)
        if envelope is None:
            return
        try:
            way.carry(
                message(
                    envelope.letter,
                    id=envelope.id,
                    to=envelope.address,
                    sender=sender,
                    written_at=envelope.written_at,
                    encoding=way.encoding,
                )
            )
        except Refused as error:
            refused = error
        session.delete(envelope)
    if refused:
        raise refused


def carrier(url: str, sessions: Sessions, way: Way, sender: str) -> procrastinate.App:
    """Procrastinate's app with the one job it has here."""
    connector = procrastinate.PsycopgConnector(
        conninfo=for_libpq(url),
        kwargs={"options": "-c search_path=procrastinate"},
        min_size=1,
        max_size=CARRIED_AT_ONCE + 2,
    )
    app = procrastinate.App(connector=connector)

    @app.task(name=CARRY, queue=QUEUE, retry=PATIENCE)
    def carry_letter(letter: str) -> None:
        carry(sessions, way, sender, UUID(letter))

    return app


async def work(app: procrastinate.App, rhythm: Rhythm) -> None:
    """Carry letters until cancelled, or until the database is gone."""
    async with app.open_async():
        carrying = app.run_worker_async(
            queues=[QUEUE],
            concurrency=CARRIED_AT_ONCE,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=rhythm.heartbeat_s,
            stalled_worker_timeout=rhythm.lost_after_s,
        )
        both = [asyncio.create_task(carrying), asyncio.create_task(_sweep(app, rhythm))]
        try:
            ended, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for each in ended:
                each.result()
        finally:
            for each in both:
                each.cancel()
            await asyncio.gather(*both, return_exceptions=True)


async def _sweep(app: procrastinate.App, rhythm: Rhythm) -> None:
    """Give what dead workers had in hand to the living, again and again."""
    while True:
        await free_lost(app, rhythm)
        await asyncio.sleep(rhythm.lost_after_s / 3)


async def free_lost(app: procrastinate.App, rhythm: Rhythm) -> int:
    """Queue the jobs of dead workers again; how many there were."""
    freed = 0
    after_s = rhythm.lost_after_s
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=after_s):
        try:
            await app.job_manager.retry_job(job)
        except ConnectorException:  # another worker was quicker
            continue
        freed += 1
    return freed
