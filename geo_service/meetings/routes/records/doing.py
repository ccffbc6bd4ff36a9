"""Tasks, and what became of a meeting."""

from fastapi import APIRouter, Response

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import (
    ActingLeader,
    ActingPartTaker,
    ActingScribe,
    HeldTask,
    HeldWrittenTask,
)
from geo_service.meetings.models import Task
from geo_service.meetings.schemas.records.asking import LookBackIn, OutcomeIn, TaskIn
from geo_service.meetings.schemas.records.forms import TaskAsTyped
from geo_service.meetings.schemas.records.told import LookBackOut, TaskOut
from geo_service.meetings.workflow.doing import (
    Chore,
    Outcome,
    change,
    drop,
    finish,
    give_up,
    take_on,
    tell_outcome,
)
from geo_service.meetings.workflow.looking_back import look_back
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1", tags=["alley meetings"], route_class=OnceRoute)

MY, OURS = "/meetings/{meeting_id}/tasks", "/office/meetings/{meeting_id}/tasks"


def _chore(said: TaskIn) -> Chore:
    return Chore(said.words, said.due_on, said.owner, said.decision_id)


def _answer(response: Response, task: Task) -> TaskOut:
    tag(response, task.version)
    return TaskOut.model_validate(task)


@router.post(MY, status_code=201)
@router.post(OURS, status_code=201)
def add_task(
    said: TaskIn, hand: ActingScribe, session: DbSession, response: Response, _once: Once
) -> TaskOut:
    """Write down who does what."""
    return _answer(response, take_on(session, hand.meeting, _chore(said), at=now()))


@router.put(MY + "/{task_id}")
@router.put(OURS + "/{task_id}")
def change_task(
    said: TaskIn,
    hand: ActingScribe,
    task: HeldWrittenTask,
    seen: IfMatch,
    session: DbSession,
    response: Response,
) -> TaskOut:
    """Say it otherwise, or give it to somebody else."""
    seen.expect(TaskAsTyped.of(task), said)
    return _answer(response, change(session, hand.meeting, task, _chore(said), at=now()))


@router.delete(MY + "/{task_id}", status_code=204)
@router.delete(OURS + "/{task_id}", status_code=204)
def drop_task(_hand: ActingScribe, task: HeldWrittenTask, session: DbSession) -> None:
    """It need not be done."""
    drop(session, task)


@router.put(MY + "/{task_id}/completion")
@router.put(OURS + "/{task_id}/completion")
def mark_done(task: HeldTask, session: DbSession, response: Response) -> TaskOut:
    """It is done."""
    finish(session, task, done=True, at=now())
    return _answer(response, task)


@router.delete(MY + "/{task_id}/completion")
@router.delete(OURS + "/{task_id}/completion")
def mark_undone(task: HeldTask, session: DbSession, response: Response) -> TaskOut:
    """It is not done after all."""
    finish(session, task, done=False, at=now())
    return _answer(response, task)


@router.put(MY + "/{task_id}/outcome")
@router.put(OURS + "/{task_id}/outcome")
def write_outcome(
    said: OutcomeIn, task: HeldTask, session: DbSession, response: Response
) -> TaskOut:
    """Say how it went."""
    outcome = Outcome(said.went, said.words)
    tell_outcome(session, task, outcome, at=now())
    return _answer(response, task)


@router.delete(MY + "/{task_id}/owner", status_code=204)
def give_back_task(hand: ActingPartTaker, task: HeldTask, session: DbSession) -> None:
    """Let somebody else do it."""
    give_up(session, task, hand.person.id)


@router.put("/meetings/{meeting_id}/look-back")
@router.put("/office/meetings/{meeting_id}/look-back")
def write_look_back(said: LookBackIn, hand: ActingLeader, session: DbSession) -> LookBackOut:
    """Say what became of the meeting, four weeks later."""
    told = look_back(session, hand.meeting, said.words, by_office=hand.by_office, at=now())
    return LookBackOut.model_validate(told)
