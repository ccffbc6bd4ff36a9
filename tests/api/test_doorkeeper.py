"""What every request passes: headers, ids, caps, limits, logs and figures."""

import re
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from starlette.requests import Request

from geo_service.db.migrate import SchemaIsNewer
from geo_service.web import doorkeeper, health
from geo_service.web.logs import frames_only
from geo_service.web.session import ReadSession
from tests.factories import HOME

HERE = {"lat": HOME.lat, "lng": HOME.lng}
NEARBY = "/api/v1/listings/nearby"
SECRET = "홍길동의 비밀"  # noqa: S105 (what somebody might type)


@pytest.fixture
def broken(own_app: FastAPI) -> FastAPI:
    """The service with doors that fail in every way."""
    app = own_app

    @app.get("/broken")
    def raise_something() -> None:
        raise RuntimeError(SECRET)

    @app.get("/api/broken-sql")
    def raise_sql(session: ReadSession) -> None:
        session.execute(text("SELECT 1 / length(:secret) - no_such_column"), {"secret": SECRET})

    @app.get("/api/away")
    def raise_away() -> None:
        raise OperationalError("SELECT 1", {}, Exception(SECRET))

    @app.get("/api/slow")
    async def sleep() -> None:
        await anyio.sleep(60)

    @app.post("/api/echo")
    async def echo(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    return app


@pytest.fixture
def caller(broken: FastAPI) -> Iterator[TestClient]:
    with TestClient(broken) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status"),
    [("/healthz", 200), ("/nowhere", 404), (NEARBY, 422), ("/broken", 500), ("/api/away", 503)],
)
def test_every_answer_is_guarded(caller: TestClient, path: str, status: int) -> None:
    answer = caller.get(path)
    assert answer.status_code == status
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])


def test_a_request_keeps_its_id_if_it_is_one(caller: TestClient) -> None:
    given = {"X-Request-ID": "abc-123.DEF_4"}
    assert caller.get("/healthz", headers=given).headers["x-request-id"] == "abc-123.DEF_4"
    forged = {"X-Request-ID": "x" * 65}
    assert caller.get("/healthz", headers=forged).headers["x-request-id"] != "x" * 65


def test_a_large_body_is_refused_before_it_is_read(caller: TestClient) -> None:
    answer = caller.post("/api/echo", content=b"x" * (doorkeeper.BODY_LIMIT_BYTES + 1))
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


def test_a_large_body_of_unknown_length_is_refused_on_the_way(caller: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(12):
            yield b"x" * 100_000

    assert caller.post("/api/echo", content=pieces()).status_code == 413


def test_a_body_within_the_cap_is_read(caller: TestClient) -> None:
    assert caller.post("/api/echo", content=b"x" * 1_000).json() == {"bytes": 1_000}


def test_nobody_waits_for_ever(caller: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorkeeper, "TIME_LIMIT_S", 0.05)
    answer = caller.get("/api/slow")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/too-slow")


def test_programs_get_a_document_and_people_a_page(caller: TestClient) -> None:
    document = caller.get("/api/broken-sql")
    assert document.headers["content-type"] == "application/problem+json"
    assert document.json()["type"] == "/problems/unforeseen"
    page = caller.get("/broken", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "동네이음" in page.text


def test_a_database_that_is_away_is_worth_another_try(caller: TestClient) -> None:
    answer = caller.get("/api/away")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["type"] == "/problems/busy"


@pytest.mark.parametrize("path", ["/broken", "/api/broken-sql", "/api/away"])
def test_no_secret_leaves_by_an_error(caller: TestClient, path: str) -> None:
    with structlog.testing.capture_logs() as lines:
        answer = caller.get(path)
    assert SECRET not in answer.text
    assert SECRET not in str([frames_only(None, "", dict(line)) for line in lines])


def test_a_log_line_names_the_route_and_no_place(caller: TestClient) -> None:
    with structlog.testing.capture_logs() as lines:
        caller.get(NEARBY, params={**HERE, "q": "비밀"})
        caller.get("/en/jobs/1fc15f5e-d826-5b3d-9b12-2e04779cf709")
    near, job = (line for line in lines if line["event"] == "request")
    assert {key: near[key] for key in ("method", "route", "status")} == {
        "method": "GET",
        "route": NEARBY,
        "status": 200,
    }
    assert job["route"].startswith("/jobs/{")
    written = str(lines)
    assert not any(word in written for word in ("비밀", "35.14", "126.79", "1fc15f5e"))


def test_requests_are_counted_by_route_and_true_status(caller: TestClient) -> None:
    def count(line: str) -> float:
        found = re.search(rf"^{re.escape(line)} (\S+)$", caller.get("/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    line = 'geo_requests_total{method="GET",route="/broken",status="500"}'
    before = count(line)
    caller.get("/broken")
    assert count(line) == before + 1


def test_the_head_of_a_page_comes_without_its_body(caller: TestClient) -> None:
    for path in ("/healthz", "/", NEARBY + "?lat=35.1&lng=126.8"):
        answer = caller.head(path)
        assert (answer.status_code, answer.content) == (200, b"")


def test_alive_and_ready(caller: TestClient) -> None:
    assert caller.get("/healthz").json() == {"status": "ok"}
    assert caller.get("/readyz").json() == {"status": "ready"}


@pytest.mark.parametrize(
    ("found", "status"),
    [((), 200), (("listings_jobs_spaces",), 503), (SchemaIsNewer(), 200)],
    ids=["at head", "behind", "ahead"],
)
def test_ready_is_who_knows_the_schema(
    caller: TestClient, monkeypatch: pytest.MonkeyPatch, found: Any, status: int
) -> None:
    def pending(_: object) -> Any:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(health, "pending", pending)
    assert caller.get("/readyz").status_code == status
