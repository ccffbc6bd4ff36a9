"""Applications of the tests."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA, now
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hiring.workflow.applying import apply
from geo_service.jobs.models import Job
from tests.jobs import AT, a_posting
from tests.people import a_person, come_in
from tests.shifts import a_weekly_job

PHONE = "+821012345678"

SOON = AT + timedelta(hours=1)
"""When the first of these people apply."""


def an_application(
    session: Session, job: Job, person: Person | None = None, *, at: datetime = SOON, **said: Any
) -> Application:
    """Somebody's wish to work for this job."""
    usual = {"phone": PHONE, "answers": ["네"] * len(job.questions)}
    application = apply(session, job, person or a_person(session), at=at, **usual | said)
    session.commit()
    return application


def applications(session: Session, job: Job, how_many: int) -> list[Application]:
    """So many people, one minute after another."""
    return [
        an_application(session, job, at=SOON + timedelta(minutes=minute))
        for minute in range(how_many)
    ]


def a_job_of(session: Session, seats: int = 1, **said: Any) -> Job:
    """Work on three mornings a week in December; one can apply until the day before."""
    return a_posting(session, **{"seats": seats, "apply_until": AT + timedelta(days=4)} | said)


def states(session: Session, job: Job) -> list[ApplicationState]:
    """What became of those who applied, in the order of applying."""
    session.expire_all()
    found = select(Application.state).where(Application.job_id == job.id)
    return list(session.scalars(found.order_by(Application.number)))


HTML = {"Accept": "text/html"}
QUESTION = "오전 9시까지 올 수 있나요?"


@dataclass
class Town:
    """A job, and browsers of people who are signed in."""

    app: FastAPI
    session: Session
    stack: ExitStack

    def browser(self, person: Person) -> TestClient:
        """Theirs."""
        client = self.stack.enter_context(come_in(self.app, self.session, person))
        client.headers.update(HTML)
        return client

    def work(self, **said: Any) -> Job:
        """Two weeks of mornings, which begin in two weeks."""
        first = now().astimezone(KOREA).date() + timedelta(days=14)
        usual = {"works_from": first, "works_until": first + timedelta(days=13)}
        return a_weekly_job(self.session, **usual | said)

    def sent(self) -> list[Application]:
        """All that was sent, in that order."""
        self.session.expire_all()
        return list(self.session.scalars(select(Application).order_by(Application.number)))
