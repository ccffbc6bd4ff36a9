"""Open a call and let it ring, one ring after the other."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service import later
from geo_service.errors import Conflict
from geo_service.hiring.workflow.standing import hold_job, must_take_applications
from geo_service.jobs.models import Job, JobState
from geo_service.mail import send
from geo_service.urgent.letters import asked, filled, nobody_came
from geo_service.urgent.models import RINGS_M, Asked, Call, CallState
from geo_service.urgent.queries import officers_of, others_asked, people_to_ask

NEXT_RING = "urgent.next_ring"
"""The task that rings further away."""

LONGEST_PAUSE = timedelta(minutes=15)
"""So long the nearer ones have for themselves, where there is time."""

SOON = timedelta(hours=24)
"""What begins later than this is no urgent call."""


class NotUrgent(Conflict):
    """Only work that begins within a day, and has not begun, is called for urgently."""

    korean = "24시간 안에 시작하는 일만 급히 부를 수 있어요."


class CallIsRinging(Conflict):
    """This call is ringing already."""

    korean = "이미 부르고 있어요."


class CallIsOver(Conflict):
    """This call is over."""

    korean = "이 호출은 끝났어요."


class NoSeatToCallFor(Conflict):
    """Every seat of this job is taken."""

    korean = "이미 모든 자리가 찼어요."


def open_call(  # noqa: PLR0913 — all of them are needed
    session: Session, job: Job, *, needed_at: datetime, door: str, by_id: UUID, at: datetime
) -> Call:
    """Ask the nearest ring now. `door` is the address of the page that answers, without the job.

    A call that was stopped or that nobody answered may be opened anew.
    Raises: NotUrgent, NoSeatToCallFor, CallIsRinging; JobIsDraft, JobIsClosed, NotOpenYet, TooLate.
    """
    job = hold_job(session, job.id)
    if job.seats_left == 0:
        raise NoSeatToCallFor
    must_take_applications(job, at)
    if not at < needed_at <= at + SOON:
        raise NotUrgent
    call = session.get(Call, job.id)
    if call is None:
        call = Call(job_id=job.id, needed_at=needed_at, opened_at=at, opened_by_id=by_id)
        session.add(call)
    elif call.state is CallState.RINGING:
        raise CallIsRinging
    call.needed_at, call.opened_at, call.opened_by_id = needed_at, at, by_id
    call.ring, call.state = 0, CallState.RINGING
    job.urgent_until = needed_at
    session.flush()
    _ring(session, call, job, door, at=at)
    return call


def ring_next(session: Session, job_id: UUID, door: str, *, at: datetime) -> None:
    """Ask the next ring, or tell the office that all were asked.

    Nobody is asked for a seat that was filled at the desk, or for a job that was closed there.
    """
    job = hold_job(session, job_id)
    call = session.get(Call, job_id)
    if call is None or call.state is not CallState.RINGING:
        return
    if job.seats_left == 0:
        fill(session, call, job)
        return
    if job.state is not JobState.PUBLISHED:
        stop(session, job)
        return
    if call.ring + 1 < len(RINGS_M) and at < call.needed_at:
        call.ring += 1
        _ring(session, call, job, door, at=at)
        return
    call.state = CallState.EXHAUSTED
    session.flush()
    for officer in session.scalars(officers_of(job.office_id)):
        send(session, officer.email, nobody_came(job.title, call.needed_at, officer.tongue))


def _ring(session: Session, call: Call, job: Job, door: str, *, at: datetime) -> None:
    within_m = RINGS_M[call.ring]
    for person in session.scalars(people_to_ask(call, job, within_m, at=at)).all():
        session.add(Asked(job_id=job.id, person_id=person.id, asked_at=at))
        link = f"{door}/{job.id}"
        send(session, person.email, asked(job.title, call.needed_at, link, person.tongue))
    session.flush()
    later.queue(
        session,
        NEXT_RING,
        {"job": str(job.id), "door": door},
        due_at=at + _pause(call, at),
        key=f"{NEXT_RING}:{job.id}",
    )


def _pause(call: Call, at: datetime) -> timedelta:
    """A quarter of the time that is left, so that every ring has its turn before the work."""
    return min(LONGEST_PAUSE, (call.needed_at - at) / (len(RINGS_M) + 1))


def fill(session: Session, call: Call, job: Job) -> None:
    """The last seat is taken: everybody else is told, and nobody is asked any more."""
    call.state = CallState.FILLED
    job.urgent_until = None
    session.flush()
    later.drop(session, f"{NEXT_RING}:{job.id}")
    for person in session.scalars(others_asked(job.id)):
        send(session, person.email, filled(job.title, person.tongue))


def stop(session: Session, job: Job) -> None:
    """The office needs nobody any more. Raises: CallIsOver."""
    job = hold_job(session, job.id)
    call = session.get(Call, job.id, populate_existing=True)
    if call is None or call.state is not CallState.RINGING:
        raise CallIsOver
    call.state = CallState.STOPPED
    job.urgent_until = None
    session.flush()
    later.drop(session, f"{NEXT_RING}:{job.id}")
