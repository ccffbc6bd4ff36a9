"""What Prometheus may count: requests by route, status and time, and what waits to be done.

Never by person or place.
"""

import math

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from geo_service.clock import now
from geo_service.db.session import Sessions
from geo_service.later import figures as later
from geo_service.mail import figures as mail

REQUESTS = Counter("geo_requests_total", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "geo_request_seconds",
    "Time to the last byte, in seconds.",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

TASKS_WAITING = Gauge("geo_tasks_waiting", "Tasks that wait, due or not.")
TASKS_LATE = Gauge("geo_tasks_late_seconds", "For how long the oldest task is due.")
TASKS_PUT_ASIDE = Gauge("geo_tasks_put_aside", "Tasks that failed too often.")
LETTERS_WAITING = Gauge("geo_letters_waiting", "Letters that wait to be sent.")
LETTERS_AGE = Gauge("geo_letters_oldest_seconds", "Age of the oldest letter that waits.")
LETTERS_UNDELIVERED = Gauge("geo_letters_undelivered", "Letters refused or given up, of a month.")

WHAT_WAITS = (
    *(TASKS_WAITING, TASKS_LATE, TASKS_PUT_ASIDE),
    *(LETTERS_WAITING, LETTERS_AGE, LETTERS_UNDELIVERED),
)

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Figures for the operator's own network; the proxy in front does not pass them on."""
    look_at_what_waits(request.app.state.reading.sessions)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def look_at_what_waits(sessions: Sessions) -> None:
    """Set the gauges; to not-a-number while the database does not answer."""
    try:
        with sessions() as session:
            tasks, letters = later.figures(session, now()), mail.figures(session, now())
    except SQLAlchemyError:
        for gauge in WHAT_WAITS:
            gauge.set(math.nan)
        return
    TASKS_WAITING.set(tasks.waiting)
    TASKS_LATE.set(tasks.late_s)
    TASKS_PUT_ASIDE.set(tasks.put_aside)
    LETTERS_WAITING.set(letters.waiting)
    LETTERS_AGE.set(letters.oldest_s)
    LETTERS_UNDELIVERED.set(letters.undelivered)
