"""Tasks on the screen."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import KOREA, now
from geo_service.meetings.access.records import (
    ActingPartTaker,
    ActingScribe,
    Hand,
    HeldTask,
    HeldWrittenTask,
    PartTaker,
    Scribe,
    TheTask,
    WrittenTask,
)
from geo_service.meetings.models import Task
from geo_service.meetings.schemas.records.forms import (
    OutcomeForm,
    TaskAsTyped,
    TaskForm,
)
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
from geo_service.meetings.workflow.names import names_of
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

MY, OURS = "/my/meetings/{meeting_id:uuid}", "/office/meetings/{meeting_id:uuid}"
ONE = "/tasks/{task_id:uuid}"


def _chore(said: TaskForm) -> Chore:
    return Chore(said.words, said.due_on, said.owner, said.decision_id)


def _page(request: Request, session: Session, hand: Hand, form: Filled[TaskForm]) -> HTMLResponse:
    at, names = now(), names_of(session, hand.meeting.id)
    return page(
        request,
        "meetings/records/tasks.html",
        status=form.status,
        hand=hand,
        record=record_of(session, hand.meeting, at=at),
        owners=sorted(names.people.items(), key=lambda one: one[1]),
        form=form,
    )


@router.get(MY + "/tasks")
@router.get(OURS + "/tasks")
def tasks_page(request: Request, hand: Scribe, session: ReadSession) -> HTMLResponse:
    """Who does what, and a form for one thing more."""
    soon = (now() + timedelta(weeks=2)).astimezone(KOREA).date()
    return _page(request, session, hand, blank(TaskForm, due_on=soon))


@router.post(MY + "/tasks")
@router.post(OURS + "/tasks")
def add_task(
    request: Request, hand: ActingScribe, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Write it down."""
    form = filled(TaskForm, sent)
    if form.value is not None:
        with form.attempt(session):
            take_on(session, hand.meeting, _chore(form.value), at=now())
            return led(request, f"{hand.way}/tasks", "meetings.task_added")
    return _page(request, session, hand, form)


def _task_page(
    request: Request, session: Session, hand: Hand, task: Task, form: Filled[TaskForm]
) -> HTMLResponse:
    names = names_of(session, hand.meeting.id)
    return page(
        request,
        "meetings/records/task.html",
        status=form.status,
        hand=hand,
        task=task,
        record=record_of(session, hand.meeting, at=now()),
        owners=sorted(names.people.items(), key=lambda one: one[1]),
        form=form,
    )


@router.get(MY + ONE)
@router.get(OURS + ONE)
def task_page(
    request: Request, hand: Scribe, task: WrittenTask, session: ReadSession
) -> HTMLResponse:
    """One task, to say otherwise."""
    form = editing(TaskForm, of=TaskAsTyped.of(task))
    return _task_page(request, session, hand, task, form)


@router.post(MY + ONE)
@router.post(OURS + ONE)
def change_task(
    request: Request,
    hand: ActingScribe,
    task: HeldWrittenTask,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Say it otherwise, or give it to somebody else."""
    form = edited(TaskForm, sent, of=TaskAsTyped.of(task))
    if form.value is not None:
        with form.attempt(session):
            change(session, hand.meeting, task, _chore(form.value), at=now())
            return led(request, f"{hand.way}/tasks", "meetings.task_changed")
    return _task_page(request, session, hand, task, form)


@router.post(MY + ONE + "/removal")
@router.post(OURS + ONE + "/removal")
def drop_task(
    request: Request, hand: ActingScribe, task: HeldWrittenTask, session: DbSession, _once: Once
) -> Response:
    """It need not be done."""
    drop(session, task)
    return led(request, f"{hand.way}/tasks", "meetings.task_dropped")


def _outcome_page(
    request: Request, session: Session, hand: Hand, task: Task, form: Filled[OutcomeForm]
) -> HTMLResponse:
    return page(
        request,
        "meetings/records/outcome.html",
        status=form.status,
        hand=hand,
        task=task,
        words=names_of(session, hand.meeting.id).veil(task.words),
        form=form,
    )


@router.get(MY + ONE + "/outcome")
@router.get(OURS + ONE + "/outcome")
def outcome_page(
    request: Request, hand: PartTaker, task: TheTask, session: ReadSession
) -> HTMLResponse:
    """Ask how it went."""
    form = blank(OutcomeForm, went=task.went, words=task.went_words)
    return _outcome_page(request, session, hand, task, form)


@router.post(MY + ONE + "/outcome")
@router.post(OURS + ONE + "/outcome")
def write_outcome(
    request: Request,
    hand: ActingPartTaker,
    task: HeldTask,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Say it."""
    form = filled(OutcomeForm, sent)
    if form.value is not None:
        outcome = Outcome(form.value.went, form.value.words)
        tell_outcome(session, task, outcome, at=now())
        return led(request, f"/meetings/{hand.meeting.id}/record", "meetings.outcome_told")
    return _outcome_page(request, session, hand, task, form)


@router.post(MY + ONE + "/done")
@router.post(OURS + ONE + "/done")
def mark_done(
    request: Request, hand: ActingPartTaker, task: HeldTask, session: DbSession, _once: Once
) -> Response:
    """It is done."""
    finish(session, task, done=True, at=now())
    return led(request, f"/meetings/{hand.meeting.id}/record", "meetings.task_done")


@router.post(MY + ONE + "/return")
def give_back_task(
    request: Request, hand: ActingPartTaker, task: HeldTask, session: DbSession, _once: Once
) -> Response:
    """Let somebody else do it."""
    form = blank(OutcomeForm)
    with form.attempt(session):
        give_up(session, task, hand.person.id)
        return led(request, f"/meetings/{hand.meeting.id}/record", "meetings.task_given_back")
    return _outcome_page(request, session, hand, task, form)
