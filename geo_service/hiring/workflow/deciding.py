"""Whose turn it is, by the rule that was published with the job."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.clock import KOREA
from geo_service.errors import Conflict
from geo_service.hiring.letters import put_on_the_list
from geo_service.hiring.models import Application, ApplicationState, Reason
from geo_service.hiring.queries import repeated, sent_in_order
from geo_service.hiring.workflow.choosing import move_up, seat, turn_down
from geo_service.hiring.workflow.drawing import draw_lots
from geo_service.hiring.workflow.standing import (
    hold_job,
    hold_people,
    move,
    must_be_ahead,
)
from geo_service.hiring.workflow.telling import tell
from geo_service.jobs.models import Job, Turn
from geo_service.programmes.workflow.balance import BudgetIsSpent, HoursAreUsedUp, NotPaidThen
from geo_service.shifts.queries import minutes_worked
from geo_service.shifts.workflow.planning import WorksElsewhereThen


class NothingToDecide(Conflict):
    """Nobody waits for a decision."""

    korean = "정할 신청이 없어요."


class ApplyTimeRuns(Conflict):
    """People may still apply. Close the job first, or wait for the end of that time."""

    korean = "아직 신청을 받고 있어요. 모집을 마감하거나 신청 마감 시각이 지난 뒤에 정할 수 있어요."


def decide(
    session: Session, job: Job, *, at: datetime, by_id: UUID | None = None
) -> Sequence[Application]:
    """Order all who applied by the rule, and hire as many as there are seats; the rest waits.

    Who may not work these hours is told so, and the next one is asked. Once the programme has no
    money left, nobody more is hired. Who has applied before, through another account or a relative,
    waits behind all others. Shape: all who were ordered, the first one first.

    Raises: NothingToDecide, WorkIsOver; ApplyTimeRuns, unless who comes first is served first.
    """
    job = hold_job(session, job.id)
    must_be_ahead(job, at)
    if job.turn is not Turn.FIRST_COME and not job.is_over(at):
        raise ApplyTimeRuns
    candidates = session.scalars(sent_in_order(job.id)).all()
    if not candidates:
        raise NothingToDecide
    move_up(session, job, at=at)  # who has waited longer comes first
    again = set(session.scalars(repeated(job.id)))
    ordered = _ordered(session, job, candidates, at=at)
    ordered = sorted(ordered, key=lambda application: application.id in again)
    _rank(session, job, ordered)
    hold_people(session, [application.person_id for application in ordered])
    refusal = Reason.TURN
    for application in ordered:
        if job.seats_left == 0 or refusal is Reason.BUDGET or application.id in again:
            move(application, ApplicationState.WAITING, at=at, reason=refusal, by_id=by_id)
            continue
        try:
            seat(session, job, application, at=at, by_id=by_id, reason=Reason.TURN)
        except HoursAreUsedUp:
            turn_down(session, job, application, at=at, reason=Reason.HOURS, by_id=by_id)
        except WorksElsewhereThen:
            turn_down(session, job, application, at=at, reason=Reason.ELSEWHERE, by_id=by_id)
        except (BudgetIsSpent, NotPaidThen):
            refusal = Reason.BUDGET
            move(application, ApplicationState.WAITING, at=at, reason=refusal, by_id=by_id)
    session.flush()
    for application in ordered:
        if application.state is ApplicationState.WAITING:
            tell(session, application, put_on_the_list)
    return ordered


def _ordered(
    session: Session, job: Job, candidates: Sequence[Application], *, at: datetime
) -> Sequence[Application]:
    if job.turn is Turn.FIRST_COME:
        return candidates
    if job.turn is Turn.LOTTERY:
        by_number = {application.number: application for application in candidates}
        draw = draw_lots(session, job.id, by_number, seats=job.seats_left, at=at)
        return [by_number[number] for number in draw.result]
    first, last = month_of(at)
    people = [application.person_id for application in candidates]
    worked = dict(session.execute(minutes_worked(people, first, last)).all())
    for application in candidates:
        application.minutes_before = worked.get(application.person_id, 0)
    return sorted(candidates, key=lambda one: (one.minutes_before or 0, one.number))


def _rank(session: Session, job: Job, ordered: Sequence[Application]) -> None:
    """Number them on, behind all who were ordered before."""
    last = session.scalar(select(func.max(Application.rank)).where(Application.job_id == job.id))
    for rank, application in enumerate(ordered, start=(last or 0) + 1):
        application.rank = rank
    session.flush()


def month_of(at: datetime) -> tuple[date, date]:
    """The first and the last day of the month on the wall in Korea."""
    first = at.astimezone(KOREA).date().replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)
