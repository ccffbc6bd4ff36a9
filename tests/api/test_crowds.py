"""More people at once than there are connections and threads."""

from collections.abc import AsyncIterator

import anyio
import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient

from geo_service.db.session import WRITERS
from geo_service.web import session
from geo_service.web.cookies import PLAIN_NAME
from tests.factories import HOME

CROWD = 160
HERE = {"lat": HOME.lat, "lng": HOME.lng}


async def statuses(app: FastAPI, path: str) -> dict[int, int]:
    """How many answers of each status a crowd gets."""
    counted: dict[int, int] = {}
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
    ):
        nearby = await client.get("/api/v1/listings/nearby", params={**HERE, "kind": "job"})
        job = nearby.json()["features"][0]["id"]

        async def ask() -> None:
            answer = await client.get(path.format(job=job), headers={"Accept": "text/html"})
            counted[answer.status_code] = counted.get(answer.status_code, 0) + 1

        async with anyio.create_task_group() as crowd:
            for _ in range(CROWD):
                crowd.start_soon(ask)
    return counted


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/jobs/{job}",
        "/api/v1/listings/{job}",
        "/api/v1/listings?bbox=126,35,127,36",
        "/api/v1/listings/nearby?lat=35.14&lng=126.8",
        "/readyz",
    ],
)
def test_a_crowd_is_served(public: FastAPI, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # However slow the machine: whoever waits for a connection that nobody gives back gets a 503.
    monkeypatch.setattr(session, "PATIENCE_S", 60.0)
    assert anyio.run(statuses, public, path) == {200: CROWD}


async def beside_slow_senders(app: FastAPI) -> int:
    """What somebody is told who sends a form while twice as many as have turns dawdle."""
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
        anyio.create_task_group() as crowd,
    ):
        on_the_way, enough = anyio.Semaphore(0), anyio.Event()

        async def dawdle() -> None:
            async def body() -> AsyncIterator[bytes]:
                yield b"csrf="
                on_the_way.release()
                await enough.wait()

            form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://test"}
            cookie = {"Cookie": f"{PLAIN_NAME}=anything"}
            await client.post("/my/account/browsers/close", content=body(), headers=form | cookie)

        for _ in range(2 * WRITERS):
            crowd.start_soon(dawdle)
        with anyio.fail_after(30):
            for _ in range(2 * WRITERS):
                await on_the_way.acquire()
        answer = await client.post("/login", data={"email": "x", "password": "y"})
        enough.set()
    return answer.status_code


def test_who_sends_slowly_keeps_nobody_waiting(
    public: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PATIENCE_S", 0.5)
    assert anyio.run(beside_slow_senders, public) == 422
