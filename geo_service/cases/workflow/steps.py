"""Steps of a case: planned, done, and what follows from what came of them."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.cases.models import Outcome
from geo_service.cases.workflow.ladder import due, rung_after
from geo_service.cases.workflow.problems import CaseIsClosed, StepIsDone
from geo_service.clock import KOREA
from geo_service.confidential.sealing import Seal
from geo_service.reports.models import CaseFile, Rung, Stage, Step

_REACHED_FROM = {Stage.NEW, Stage.ASSIGNED, Stage.UNREACHABLE}
_LOST_FROM = {Stage.NEW, Stage.ASSIGNED}


def plan(  # noqa: PLR0913 (what is to be done, by when)
    session: Session,
    case: CaseFile,
    rung: Rung,
    due_on: date | None,
    *,
    at: datetime,
    step_id: UUID | None = None,
) -> Step:
    """Add what is to be done; by its usual day when none is said. Raises: CaseIsClosed.

    Added again under the same `step_id`, it was added once.
    """
    if step_id and (known := session.get(Step, step_id)):
        return known
    if case.stage is Stage.CLOSED:
        raise CaseIsClosed
    due_on = due_on or due(rung, _day(at))
    step = Step(id=step_id or uuid4(), case_id=case.id, rung=rung, due_on=due_on)
    session.add(step)
    settle_due(session, case)
    case.version += 1
    return step


def note(  # noqa: PLR0913, PLR0917 (which step, what came of it, who and when)
    session: Session,
    seal: Seal,
    case: CaseFile,
    step: Step,
    outcome: Outcome,
    words: str,
    *,
    by_id: UUID,
    at: datetime,
) -> Stage | None:
    """Write down what came of a step, and plan the next one up the ladder.

    The stage that the case takes by it, if it takes another. Raises: CaseIsClosed, StepIsDone.
    """
    if case.stage is Stage.CLOSED:
        raise CaseIsClosed
    if step.done_at is not None:
        raise StepIsDone
    step.done_at, step.outcome, step.by_id = at, outcome, by_id
    step.words_sealed = seal.close("words", words) if words else None
    session.flush()
    following = rung_after(step.rung, outcome)
    if outcome.is_reached:
        drop_pending(session, case, at=at)
    elif following is not None and not _is_planned(session, case):
        session.add(Step(case_id=case.id, rung=following, due_on=due(following, _day(at))))
    settle_due(session, case)
    case.version += 1
    if outcome.is_reached and case.stage in _REACHED_FROM:
        return Stage.CONTACTED
    if following is None and not outcome.is_reached and case.stage in _LOST_FROM:
        return Stage.UNREACHABLE
    return None


def settle_due(session: Session, case: CaseFile) -> None:
    """A case is due when the first of what is still to be done is."""
    session.flush()
    case.due_on = min(
        (step.due_on for step in _pending(session, case) if step.due_on), default=None
    )


def drop_pending(session: Session, case: CaseFile, *, at: datetime) -> None:
    """What was to be done need not be done any more: it is over, without an outcome."""
    for step in _pending(session, case):
        step.done_at = at
    settle_due(session, case)


def _is_planned(session: Session, case: CaseFile) -> bool:
    return bool(_pending(session, case))


def _pending(session: Session, case: CaseFile) -> list[Step]:
    waiting = select(Step).where(Step.case_id == case.id, Step.done_at.is_(None))
    return list(session.scalars(waiting))


def _day(at: datetime) -> date:
    return at.astimezone(KOREA).date()
