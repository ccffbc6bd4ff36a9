"""A worker of the storm: run as a program, so that it can be killed.

Its one effect writes a number down and sends a letter about it.
"""

import sys
from datetime import datetime
from signal import SIGTERM, signal
from threading import Event

from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from geo_service.db.session import open_engine
from geo_service.later import Payload, task
from geo_service.mail import Letter, send
from geo_service.mail.carrying import Rhythm, carrier
from geo_service.mail.ways import Smtp
from geo_service.worker.working import work

RHYTHM = Rhythm(heartbeat_s=0.3, lost_after_s=1.5)


@task("storm.count")
def count(session: Session, payload: Payload, _at: datetime) -> None:
    """Slow enough to be killed in the middle, before and after."""
    session.execute(text("SELECT pg_sleep(0.005)"))
    session.execute(text("INSERT INTO counted VALUES (:number)"), payload)
    number = payload["number"]
    send(session, f"n{number}@example.org", Letter(subject=str(number), text=str(number)))
    session.execute(text("SELECT pg_sleep(0.005)"))


def main(url: str, smtp: str) -> None:
    """Work until told to stop."""
    stop = Event()
    signal(SIGTERM, lambda _number, _frame: stop.set())
    sessions = sessionmaker(open_engine(url), expire_on_commit=False)
    way = Smtp.at(smtp)
    work(
        url,
        sessions,
        lambda: carrier(url, sessions, way, "storm@example.org"),
        is_over=stop.is_set,
        rhythm=RHYTHM,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
