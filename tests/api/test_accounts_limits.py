"""How often one may try, counted by all workers together."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from geo_service.accounts.models import Attempts
from geo_service.accounts.workflow import Secret, limits
from geo_service.app import build_app
from geo_service.clock import now
from geo_service.db.embedded import Cluster
from geo_service.db.opening import Database
from geo_service.db.session import open_engine, open_reading_engine
from geo_service.settings import Settings
from tests.accounts import PASSWORD, with_password
from tests.databases import a_database

SECRET = Secret(b"s" * 32)


@pytest.fixture(scope="module")
def workers(cluster: Cluster) -> Iterator[list[FastAPI]]:
    """Two that serve from one database, with pools of their own, and one secret."""
    engines, apps = [], []
    with a_database(cluster, "tries") as url:
        for _ in range(2):
            engine, reader = open_engine(url), open_reading_engine(url)
            engines += [engine, reader]
            database = Database(
                url=url,
                read_url=url,
                sessions=sessionmaker(engine, expire_on_commit=False),
                read_sessions=sessionmaker(reader, expire_on_commit=False),
            )
            apps.append(build_app(Settings(), database, secret=b"s" * 32))
        with Session(engines[0]) as session:
            with_password(session, email="known@example.org")
        yield apps
        for engine in engines:
            engine.dispose()


def test_two_workers_are_no_more_tries_than_one(workers: list[FastAPI]) -> None:
    with TestClient(workers[0]) as one, TestClient(workers[1]) as other:
        wrong = {"email": "known@example.org", "password": "wrong"}
        statuses = [(one, other)[n % 2].post("/login", data=wrong).status_code for n in range(10)]
        assert set(statuses) == {422}
        right = {"email": "known@example.org", "password": PASSWORD}
        for worker in (one, other):
            refused = worker.post("/login", data=right)
            assert refused.status_code == 429
            assert refused.json()["type"] == "/problems/too-many-tries"
            assert 0 < int(refused.headers["retry-after"]) <= 900
        assert one.post("/login", data=right | {"email": "other@example.org"}).status_code == 422
        page = other.post("/login", data=right, headers={"accept": "text/html"})
        assert "너무 여러 번 시도했어요" in page.text


def test_letters_are_few(workers: list[FastAPI]) -> None:
    with TestClient(workers[0]) as one, TestClient(workers[1]) as other:
        asked = {"email": "mail@example.org", "name": "x"}
        statuses = [
            worker.post(door, data=asked, follow_redirects=False).status_code
            for worker, door in [(one, "/signup"), (other, "/login/code")] * 3
        ]
        assert statuses == [303] * 5 + [429]


def test_afterwards_counting_begins_anew(session: Session) -> None:
    few = limits.Limit("few", 2, timedelta(minutes=1))
    at = now()
    for _ in range(2):
        limits.count(session, SECRET, (few, "somebody"), at=at)
    with pytest.raises(limits.TooManyTries) as refused:
        limits.count(session, SECRET, (few, "somebody"), at=at + timedelta(seconds=50))
    assert refused.value.wait_s == 10
    limits.count(session, SECRET, (few, "somebody else"), at=at)
    limits.count(session, SECRET, (few, "somebody"), at=at + timedelta(minutes=1))


def test_nobody_s_address_is_kept(session: Session) -> None:
    few = limits.Limit("few", 2, timedelta(minutes=1))
    limits.count(session, SECRET, (few, "203.0.113.7"), (few, "known@example.org"), at=now())
    kept = session.scalars(select(Attempts.key)).all()
    assert len(kept) == 2
    assert SECRET.digest("attempts", "few", "203.0.113.7", size=16) in kept
    assert Secret(b"t" * 32).digest("attempts", "few", "203.0.113.7", size=16) not in kept


def test_whoever_is_refused_is_not_counted_on(session: Session) -> None:
    few = limits.Limit("few", 1, timedelta(minutes=1))
    limits.count(session, SECRET, (few, "somebody"), at=now())
    session.commit()
    with pytest.raises(limits.TooManyTries):
        limits.count(session, SECRET, (few, "somebody"), (few, "other"), at=now())
    session.rollback()
    assert session.scalar(select(func.sum(Attempts.number))) == 1
