"""Figures of what waits, for the operator."""

import math
import re

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session, sessionmaker

from geo_service import later
from geo_service.clock import now
from geo_service.db.session import open_engine
from geo_service.later.models import Task
from geo_service.mail import Letter, send
from geo_service.web.metrics import WHAT_WAITS, look_at_what_waits

NOWHERE = "postgresql+psycopg://geo_app@127.0.0.1:9/geo"


def told(visit: TestClient) -> dict[str, float]:
    lines = re.findall(r"^(geo_\w+) (\S+)$", visit.get("/metrics").text, re.MULTILINE)
    return {name: float(value) for name, value in lines}


def test_it_is_told_what_waits(visit: TestClient, session: Session) -> None:
    later.queue(session, "tests.wait")
    send(session, "neighbour@example.org", Letter("제목", "내용"))
    session.add(
        Task(name="a.b", payload={}, due_at=now(), failures=9, error="X", put_aside_at=now())
    )
    session.commit()
    found = told(visit)
    assert found["geo_tasks_waiting"] == 1
    assert found["geo_tasks_put_aside"] == 1
    assert found["geo_letters_waiting"] == 1
    assert found["geo_letters_undelivered"] == 0
    assert 0 <= found["geo_tasks_late_seconds"] < 60
    assert 0 <= found["geo_letters_oldest_seconds"] < 60


def test_without_a_database_nothing_is_claimed() -> None:
    engine = open_engine(NOWHERE)
    look_at_what_waits(sessionmaker(engine))
    engine.dispose()
    assert all(math.isnan(gauge._value.get()) for gauge in WHAT_WAITS)  # noqa: SLF001
