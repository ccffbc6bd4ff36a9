"""The service on a free port, and the devices of those who visit it."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_service.web.server import listening

PATIENCE_MS = 60_000
"""How long a page may take on a slow machine before a test gives up."""

SLOW_MS = int(os.environ.get("TEST_SLOW_MS", "0"))
"""`TEST_SLOW_MS=400` delays every answer: a test that reads a page before it is there fails."""

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP = {"viewport": {"width": 1280, "height": 860}}


def slowly(app: ASGIApp) -> ASGIApp:
    """`app`, with a third of the time before it hears, before it answers and before the words."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def say(message: Message) -> None:
            await asyncio.sleep(SLOW_MS / 3000)
            await send(message)

        await asyncio.sleep(SLOW_MS / 3000)
        await app(scope, receive, say)

    return answer


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which `app` answers."""
    site = slowly(app) if SLOW_MS else app
    config = uvicorn.Config(site, log_config=None, access_log=False, ws="none")
    server = uvicorn.Server(config)
    with listening("127.0.0.1", 0) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=15)
