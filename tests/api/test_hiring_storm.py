"""Fifty people at five seats, all at once, on connections of their own."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import monotonic
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from geo_service.app import build_app
from geo_service.clock import KOREA, now
from geo_service.db.embedded import Cluster
from geo_service.db.opening import Database
from geo_service.db.session import open_engine, open_reading_engine
from geo_service.hiring.models import Application, ApplicationState
from geo_service.jobs.models import Job
from geo_service.settings import Settings
from geo_service.shifts.models import Shift
from geo_service.web.csrf import HEADER, word_for
from tests.databases import a_database
from tests.people import a_person, a_token, on_staff
from tests.shifts import a_weekly_job

PEOPLE, SEATS = 50, 5
NAME = "seats"

PATIENCE = "60s"
"""Fifty take their turns at one job: on a slow machine the last one waits for long."""


@pytest.fixture
def town(cluster: Cluster) -> Iterator[Engine]:
    """A database that commits, and goes with the test."""
    with a_database(cluster, NAME) as url:
        engine = open_engine(url, statement_timeout=PATIENCE)
        yield engine
        engine.dispose()


def test_fifty_ask_for_five_seats_and_five_get_one(town: Engine, cluster: Cluster) -> None:
    url = cluster.url(database=NAME)
    reading = open_reading_engine(url)
    sessions = sessionmaker(town, expire_on_commit=False)
    database = Database(
        url=url, read_url=url, sessions=sessions, read_sessions=sessionmaker(reading)
    )
    with sessions() as session:
        job, officer, tokens = _settle(session)
    start, waits = Barrier(PEOPLE), list[float]()
    with TestClient(build_app(Settings(), database), raise_server_exceptions=False) as door:

        def ask(token: str) -> tuple[int, int]:
            start.wait()
            began = monotonic()
            applied = door.post(
                f"/api/v1/jobs/{job}/applications",
                json={"phone": f"+8210{tokens.index(token):08}"},
                headers={"Cookie": f"session={token}"} | _word(token),
            )
            hired = door.put(
                f"/api/v1/applications/{applied.json()['id']}/decision",
                json={"decision": "hire"},
                headers={"Cookie": f"session={officer}"} | _word(officer),
            )
            waits.append(monotonic() - began)
            return applied.status_code, hired.status_code

        with ThreadPoolExecutor(PEOPLE) as crowd:
            answers = list(crowd.map(ask, tokens))
    assert Counter(applied for applied, _ in answers) == {201: PEOPLE}
    assert Counter(hired for _, hired in answers) == {200: SEATS, 409: PEOPLE - SEATS}
    with sessions() as session:
        states = Counter(session.scalars(select(Application.state)))
        assert states[ApplicationState.HIRED] == SEATS
        assert session.get_one(Job, job).taken == SEATS
        assert session.scalar(select(func.count(Shift.person_id.distinct()))) == SEATS
        numbers = sorted(session.scalars(select(Application.number)))
        assert numbers == list(range(1, PEOPLE + 1))
    reading.dispose()
    print(f"longest wait {max(waits):.2f} s")  # noqa: T201 (a figure for who asks with -s)


def _word(token: str) -> dict[str, str]:
    return {HEADER: word_for(token)}


def _settle(session: Session) -> tuple[UUID, str, list[str]]:
    """A job in two weeks, an officer, and everybody's way in."""
    first = now().astimezone(KOREA).date() + timedelta(days=14)
    last = first + timedelta(days=13)
    job = a_weekly_job(session, seats=SEATS, works_from=first, works_until=last)
    officer = a_token(session, on_staff(session, job.office_id))
    return job.id, officer, [a_token(session, a_person(session)) for _ in range(PEOPLE)]
