"""Giving somebody a seat, or not."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.db.session import expecting
from geo_service.hiring.letters import declined, hired, offered
from geo_service.hiring.models import Application, ApplicationState, Reason, Stage
from geo_service.hiring.queries import waiting_list
from geo_service.hiring.schemas.reasons import BY_HAND
from geo_service.hiring.workflow.reminding import remind_before_work
from geo_service.hiring.workflow.standing import (
    DecidedMeanwhile,
    NoSeatLeft,
    earliest,
    hold,
    hold_people,
    is_past,
    move,
    must_be_ahead,
    work_begins_at,
)
from geo_service.hiring.workflow.telling import tell
from geo_service.jobs.models import Job, JobState
from geo_service.shifts.models import Shift
from geo_service.shifts.workflow.planning import cancel_planned, plan

SENT, WAITING, OFFERED, HIRED = (
    ApplicationState.SENT,
    ApplicationState.WAITING,
    ApplicationState.OFFERED,
    ApplicationState.HIRED,
)

OFFER_FOR = timedelta(hours=24)
"""So long a seat is kept for who is asked; never beyond the beginning of the work."""

EXPIRE = "hiring.expire"
"""The task that ends an offer."""


def hire(  # noqa: PLR0913 (as `move`)
    session: Session,
    application: Application,
    *,
    at: datetime,
    by_id: UUID | None = None,
    reason: Reason = Reason.OFFICE,
    words: str = BY_HAND[0],
) -> list[Shift]:
    """Give them a seat, and plan their shifts: all of it, or nothing.

    Raises: DecidedMeanwhile, NoSeatLeft, BudgetIsSpent, HoursAreUsedUp, NotPaidThen,
    WorksElsewhereThen.
    """
    job = hold(session, application, SENT, WAITING, OFFERED)
    must_be_ahead(job, at)
    hold_people(session, [application.person_id])
    return seat(session, job, application, at=at, by_id=by_id, reason=reason, words=words)


def seat(  # noqa: PLR0913 (as `move`)
    session: Session,
    job: Job,
    application: Application,
    *,
    at: datetime,
    by_id: UUID | None,
    reason: Reason,
    words: str = "",
) -> list[Shift]:
    """The same, under locks that the caller has taken."""
    with (
        session.begin_nested(),
        expecting(session, "job_never_overfilled_check", NoSeatLeft()),
    ):
        move(application, HIRED, at=at, reason=reason, words=words, by_id=by_id)
        session.flush()
        shifts = plan(session, job, application.person_id, at=at)
    session.refresh(job)
    later.drop(session, _expiry(application))
    remind_before_work(session, application, shifts, at=at)
    tell(session, application, hired, shifts)
    return shifts


def offer(
    session: Session, application: Application, *, at: datetime, by_id: UUID | None = None
) -> None:
    """Keep a seat for them until they have answered, or the time is over.

    Raises: DecidedMeanwhile, NoSeatLeft.
    """
    job = hold(session, application, SENT, WAITING, ApplicationState.DECLINED)
    must_be_ahead(job, at)
    _offer(session, job, application, at=at, by_id=by_id)


def _offer(
    session: Session, job: Job, application: Application, *, at: datetime, by_id: UUID | None
) -> None:
    until = earliest(at + OFFER_FOR, work_begins_at(job)) or at + OFFER_FOR
    if until <= at:  # the work goes on for days: what is left of it can be offered
        until = at + OFFER_FOR
    with expecting(session, "job_never_overfilled_check", NoSeatLeft()):
        move(application, OFFERED, at=at, reason=Reason.TURN, by_id=by_id, until=until)
    session.refresh(job)
    payload = {"application": str(application.id)}
    later.queue(session, EXPIRE, payload, due_at=until, key=_expiry(application))
    tell(session, application, offered)


def accept(session: Session, application: Application, *, at: datetime) -> list[Shift]:
    """Say yes to an offer. Raises: as `hire`."""
    hold(session, application, OFFERED)
    if application.offered_until is None or application.offered_until <= at:
        raise DecidedMeanwhile
    return hire(session, application, at=at, reason=Reason.TURN, words="")


def expire(session: Session, application: Application, *, at: datetime) -> None:
    """End an offer that nobody answered; the seat goes to the next. Raises: DecidedMeanwhile."""
    job = hold(session, application, OFFERED)
    if application.offered_until is not None and application.offered_until > at:
        raise DecidedMeanwhile
    turn_down(session, job, application, at=at, reason=Reason.EXPIRED)
    move_up(session, job, at=at)


def decline(
    session: Session, application: Application, *, words: str, by_id: UUID, at: datetime
) -> None:
    """Say no, and why; also to who is hired and has not begun. Raises: DecidedMeanwhile."""
    job = hold(session, application, SENT, WAITING, OFFERED, HIRED)
    if application.state is HIRED and application.stage is not Stage.HIRED:
        raise DecidedMeanwhile
    turn_down(session, job, application, at=at, reason=Reason.OFFICE, words=words, by_id=by_id)
    move_up(session, job, at=at)


def turn_down(  # noqa: PLR0913 (as `move`)
    session: Session,
    job: Job,
    application: Application,
    *,
    at: datetime,
    reason: Reason,
    words: str = "",
    by_id: UUID | None = None,
) -> None:
    """Say no, under the lock of the job; what they held is free."""
    free(session, application, at=at)
    state = ApplicationState.DECLINED
    move(application, state, at=at, reason=reason, words=words, by_id=by_id)
    session.flush()
    session.refresh(job)
    tell(session, application, declined)


def free(session: Session, application: Application, *, at: datetime) -> None:
    """Take back what was planned and queued for them."""
    if application.state is HIRED:
        cancel_planned(session, application.job_id, application.person_id, at=at)
    later.drop(session, _expiry(application))


def move_up(session: Session, job: Job, *, at: datetime) -> int:
    """Offer every free seat of a held job to the next on its waiting list; how many."""
    if job.state in {JobState.DRAFT, JobState.DONE} or is_past(job, at):
        return 0
    free_seats = job.seats_left
    upcoming = session.scalars(waiting_list(job.id).limit(free_seats)).all() if free_seats else []
    for application in upcoming:
        _offer(session, job, application, at=at, by_id=None)
    return len(upcoming)


def _expiry(application: Application) -> str:
    return f"{EXPIRE}:{application.id}"
