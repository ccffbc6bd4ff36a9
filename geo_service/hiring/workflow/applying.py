"""Saying "I would like to", for oneself or for somebody who agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from geo_service import later
from geo_service.accounts.models import Person
from geo_service.db.session import expecting
from geo_service.errors import BadField, Conflict
from geo_service.hiring.letters import received
from geo_service.hiring.models import Application, ApplicationState, Consent, Reason, Way
from geo_service.hiring.queries import the_application_of, twins_of, written_by
from geo_service.hiring.workflow.drawing import commit
from geo_service.hiring.workflow.standing import hold_job, move, must_take_applications
from geo_service.hiring.workflow.telling import tell
from geo_service.jobs.models import Job, JobState, Turn

SETTLE = "hiring.settle"
"""The task that looks after the applications of one job."""


class AlreadyApplied(Conflict):
    """This person has applied for this job before."""

    korean = "이미 신청한 일자리예요."


class EnoughForOthers(Conflict):
    """You have applied for several people already. The office can apply for more at its counter."""

    korean = "한 일자리에 세 사람까지 대신 신청할 수 있어요. 더 있으면 기관 창구에서 신청해 주세요."


class MissingAnswer(BadField):
    """Every question of this job needs an answer."""

    korean = "이 일자리의 질문에 모두 답해 주세요."


MOST_FOR_OTHERS = 3
"""Of one relative for one job: nobody draws more lots by inventing a family."""


@dataclass(frozen=True, slots=True)
class Behalf:
    """That somebody applies for another person, who agreed."""

    by_id: UUID
    way: Way
    consent: Consent


def apply(  # noqa: PLR0913 (all of them are needed)
    session: Session,
    job: Job,
    worker: Person,
    *,
    phone: str,
    answers: Sequence[str],
    at: datetime,
    behalf: Behalf | None = None,
) -> Application:
    """Ask for a job, once per person; for a filled one, join its waiting list.

    Only a counter is told that somebody of this name and telephone has applied already: anybody
    could ask so. Elsewhere the later application is taken, and has no turn (`repeated`).

    Raises: AlreadyApplied, MissingAnswer, EnoughForOthers; JobIsDraft, JobIsClosed, NotOpenYet,
    TooLate.
    """
    job = hold_job(session, job.id)
    must_take_applications(job, at)
    told = _answered(job.questions, answers)
    application = session.scalar(the_application_of(worker.id, job.id))
    if application is not None and application.state is not ApplicationState.WITHDRAWN:
        raise AlreadyApplied(application=str(application.id))
    at_the_counter = behalf is not None and behalf.way is Way.COUNTER
    if at_the_counter and session.scalar(twins_of(worker, job.id, phone).limit(1)) is not None:
        raise AlreadyApplied
    if behalf is not None and behalf.way is Way.FAMILY:
        written = written_by(behalf.by_id, job.id).where(Application.person_id != worker.id)
        if len(session.scalars(written).all()) >= MOST_FOR_OTHERS:
            raise EnoughForOthers
    if application is None:
        application = Application(job_id=job.id, person_id=worker.id, number=1)
    application.number = _next(session, job, Application.number)
    application.phone, application.answers = phone, told
    application.way = behalf.way if behalf else Way.SELF
    application.by_id = behalf.by_id if behalf else None
    application.consent = behalf.consent if behalf else None
    application.consented_at = at if behalf else None
    application.applied_at, application.job_version = at, job.version
    application.rank = application.minutes_before = application.closing_told_at = None
    move(application, ApplicationState.SENT, at=at, reason=None)
    if job.state is JobState.FILLED:
        application.rank = _next(session, job, Application.rank)
        move(application, ApplicationState.WAITING, at=at, reason=Reason.TURN)
    with expecting(session, "application_once_key", AlreadyApplied()):
        session.add(application)
    if job.turn is Turn.LOTTERY:
        commit(session, job.id, at=at)
    if job.apply_until is not None:
        payload, key = {"job": str(job.id)}, f"{SETTLE}:{job.id}"
        later.queue(session, SETTLE, payload, due_at=job.apply_until, key=key)
    tell(session, application, received)
    return application


def _answered(questions: Sequence[str], answers: Sequence[str]) -> list[dict[str, str]]:
    plain = [answer.strip() for answer in answers]
    if len(plain) != len(questions) or not all(plain):
        raise MissingAnswer("answers", f"Answer each of the {len(questions)} questions.")
    pairs = zip(questions, plain, strict=True)
    return [{"question": question, "answer": answer} for question, answer in pairs]


def _next(session: Session, job: Job, counted: InstrumentedAttribute[Any]) -> int:
    """The number after the last one of this job, which is held."""
    last = select(func.max(counted)).where(Application.job_id == job.id)
    return (session.scalar(last) or 0) + 1
