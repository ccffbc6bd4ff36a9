"""A letter on the evening before each day of work."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.clock import KOREA
from geo_service.hiring.letters import tomorrow
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hiring.queries import planned_shifts
from geo_service.hiring.workflow.telling import tell
from geo_service.shifts.models import Shift

REMIND = "hiring.remind"
"""The task that writes the letter."""

EVENING = time(18)


def remind_before_work(
    session: Session, application: Application, shifts: Iterable[Shift], *, at: datetime
) -> None:
    """Queue the next of these letters; whoever begins sooner than that needs none."""
    evenings = (_evening_before(shift) for shift in shifts)
    due_at = min((evening for evening in evenings if evening > at), default=None)
    if due_at is not None:
        payload, key = {"application": str(application.id)}, f"{REMIND}:{application.id}"
        later.queue(session, REMIND, payload, due_at=due_at, key=key)


def remind(session: Session, application: Application, *, at: datetime) -> None:
    """Write about tomorrow, if there still is something to do; then think of the next time."""
    if application.state is not ApplicationState.HIRED:
        return
    day = at.astimezone(KOREA).date() + timedelta(days=1)
    shifts = session.scalars(planned_shifts(application, since=day)).all()
    if on_that_day := [shift for shift in shifts if shift.work_on == day]:
        tell(session, application, tomorrow, on_that_day[0])
    remind_before_work(session, application, shifts, at=at)


def _evening_before(shift: Shift) -> datetime:
    return datetime.combine(shift.work_on - timedelta(days=1), EVENING, KOREA)
