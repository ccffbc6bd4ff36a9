"""Say when one is free, and answer when asked."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.errors import BadField
from geo_service.hiring.models import Application, ApplicationState, Reason
from geo_service.hiring.queries import the_application_of, twins_of
from geo_service.hiring.workflow.applying import apply
from geo_service.hiring.workflow.choosing import hire
from geo_service.hiring.workflow.standing import hold_job
from geo_service.hours.week import Span, merged
from geo_service.jobs.models import Job
from geo_service.urgent.models import Asked, Availability, CallState, Reply
from geo_service.urgent.workflow.calling import CallIsOver, fill

ANSWER = "긴급 호출에 답함"
"""What stands for the answers to a post's questions, for which there is no time."""


class NoPhone(BadField):
    """An office must be able to reach who comes: add a telephone number to your account."""

    korean = "기관이 연락할 수 있게 내 정보에 전화번호를 먼저 적어 주세요."

    def __init__(self) -> None:
        super().__init__("phone", self.title())


def be_free(session: Session, person: Person, week: Iterable[Span]) -> Availability | None:
    """Say in which hours of the week one may be asked; none at all takes it back."""
    spans = merged(week)
    known = session.get(Availability, person.id)
    if not spans:
        if known is not None:
            session.delete(known)
            session.flush()
        return None
    kept = [Range(opens, closes) for opens, closes in spans]
    if known is None:
        known = Availability(person_id=person.id, week=kept)
        session.add(known)
    known.week, known.paused_until = kept, None
    session.flush()
    return known


def accept(session: Session, asked: Asked, person: Person, *, at: datetime) -> Application:
    """Take the seat: the first to say so gets it.

    For who has their turn through another account or a relative, the call is over: this tells
    nobody who has applied.

    Raises: CallIsOver, NoPhone, and what `hiring` refuses: AlreadyApplied, NoSeatLeft,
    BudgetIsSpent, HoursAreUsedUp, NotPaidThen, WorksElsewhereThen.
    """
    job = hold_job(session, asked.job_id)
    call = asked.call
    session.refresh(call)
    if call.state is not CallState.RINGING or call.needed_at <= at or job.seats_left == 0:
        raise CallIsOver
    if person.phone is None:
        raise NoPhone
    application = session.scalar(the_application_of(person.id, job.id))
    if _comes_again(session, job, person, person.phone, application):
        raise CallIsOver
    if application is None or not application.state.is_open:
        application = apply(
            session,
            job,
            person,
            phone=person.phone,
            answers=[ANSWER] * len(job.questions),
            at=at,
        )
    hire(session, application, at=at, reason=Reason.TURN, words="긴급 호출에 가장 먼저 답했어요.")
    asked.reply = Reply.YES
    session.flush()
    session.refresh(job)
    if job.seats_left == 0:
        fill(session, call, job)
    return application


def _comes_again(
    session: Session, job: Job, person: Person, phone: str, application: Application | None
) -> bool:
    """Whether they have applied before, under another account, or have a seat there already."""
    twins = twins_of(person, job.id, phone)
    if application is not None and application.state.is_open:
        twins = twins_of(person, job.id, application.phone or phone).where(
            or_(
                Application.number < application.number,
                Application.state.in_((ApplicationState.OFFERED, ApplicationState.HIRED)),
            )
        )
    return session.scalar(twins.limit(1)) is not None


def refuse(session: Session, asked: Asked) -> None:
    """Say no; one is not asked again for this job."""
    asked.reply = Reply.NO
    session.flush()
