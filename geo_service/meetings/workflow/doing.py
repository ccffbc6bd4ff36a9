"""Tasks that follow from a meeting: taken on by who agreed to be named, or by the office."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.clock import KOREA
from geo_service.errors import BadField, Conflict
from geo_service.mail import send
from geo_service.meetings.letters.records import task_taken_on
from geo_service.meetings.models import Decision, Meeting, Task, Went
from geo_service.meetings.queries.records import tasks_of
from geo_service.meetings.workflow.minutes import begun
from geo_service.meetings.workflow.names import names_of

OFFICE: Final = "office"
"""The owner that is no person."""

Owner = UUID | str | None
"""A person, `OFFICE`, or nobody yet."""

TASKS_MAX = 50
LATEST = timedelta(days=366)


class OwnerMustAgree(BadField):
    """Name the office, or somebody who comes with an account and agreed to be named."""

    korean = "이름을 밝혀도 된다고 한 사람이나 동 행정복지센터 가운데에서 골라 주세요."


class NotInTime(BadField):
    """Choose a day from today to a year from now."""

    korean = "오늘부터 일 년 안의 날로 골라 주세요."


class NotDecidedHere(BadField):
    """Choose a decision of this meeting."""

    korean = "이 모임에서 정한 것 가운데에서 골라 주세요."


class TooManyTasks(Conflict):
    """There are fifty tasks already."""

    korean = "할 일이 벌써 쉰 가지예요."


class TaskIsNobodysOfYours(Conflict):
    """This task is somebody else's now."""

    korean = "이제 다른 사람이 맡은 일이에요."


@dataclass(frozen=True, slots=True)
class Chore:
    """What is to be done."""

    words: str
    due_on: date
    owner: Owner = None
    decision_id: UUID | None = None


def take_on(session: Session, meeting: Meeting, chore: Chore, *, at: datetime) -> Task:
    """Write it down, and tell who does it.

    Raises: MeetingHasNotBegun, TooManyTasks, OwnerMustAgree, NotInTime, NotDecidedHere.
    """
    meeting = begun(session, meeting, at)
    if len(session.scalars(tasks_of(meeting.id)).all()) >= TASKS_MAX:
        raise TooManyTasks
    task = Task(meeting_id=meeting.id, words=chore.words, due_on=chore.due_on, made_at=at)
    _set(session, meeting, task, chore, at=at)
    session.add(task)
    session.flush()
    return task


def change(session: Session, meeting: Meeting, task: Task, chore: Chore, *, at: datetime) -> Task:
    """Say it otherwise, or give it to somebody else; `task` is locked. Raises: as `take_on`."""
    meeting = begun(session, meeting, at)
    _set(session, meeting, task, chore, at=at)
    task.version += 1
    session.flush()
    return task


def _set(session: Session, meeting: Meeting, task: Task, chore: Chore, *, at: datetime) -> None:
    names = names_of(session, meeting.id)
    today = at.astimezone(KOREA).date()
    if chore.due_on != task.due_on or task.version == 1:
        earliest = min(today, task.made_at.astimezone(KOREA).date())
        if not earliest <= chore.due_on <= today + LATEST:
            raise NotInTime("due_on", NotInTime.title())
    if chore.decision_id is not None:
        decision = session.get(Decision, chore.decision_id)
        if decision is None or decision.meeting_id != meeting.id:
            raise NotDecidedHere("decision_id", NotDecidedHere.title())
    before = task.owner_id
    if chore.owner is None or chore.owner == OFFICE:
        task.owner_id = None
    elif isinstance(chore.owner, UUID) and names.of(chore.owner) is not None:
        task.owner_id = chore.owner
    else:
        raise OwnerMustAgree("owner", OwnerMustAgree.title())
    task.by_office = chore.owner == OFFICE
    task.words, task.due_on = chore.words, chore.due_on
    task.decision_id = chore.decision_id
    if task.owner_id is not None and task.owner_id != before:
        owner = session.get_one(Person, task.owner_id)
        letter = task_taken_on(meeting.title, names.veil(task.words), task.due_on, owner.tongue)
        send(session, owner.email, letter)


def finish(session: Session, task: Task, *, done: bool, at: datetime) -> None:
    """It is done, or it is not after all; `task` is locked."""
    task.done_at = (task.done_at or at) if done else None
    task.version += 1
    session.flush()


def drop(session: Session, task: Task) -> None:
    """It need not be done."""
    session.delete(task)
    session.flush()


def give_up(session: Session, task: Task, person_id: UUID) -> None:
    """Let somebody else do it; `task` is locked. Raises: TaskIsNobodysOfYours."""
    if task.owner_id != person_id:
        raise TaskIsNobodysOfYours
    task.owner_id = None
    task.version += 1
    session.flush()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went."""

    went: Went
    words: str = ""


def tell_outcome(session: Session, task: Task, outcome: Outcome, *, at: datetime) -> None:
    """How it went, as its owner says; `task` is locked."""
    task.went, task.went_at = outcome.went, at
    task.went_words = outcome.words
    if outcome.went is Went.DONE:
        task.done_at = task.done_at or at
    task.version += 1
    session.flush()
