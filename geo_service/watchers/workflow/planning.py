"""The plan of a dong: add to it, sign up, note what became of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.errors import Conflict
from geo_service.mail import send
from geo_service.watchers.letters import called_off, planned, replanned
from geo_service.watchers.models import Activity, Part, Watcher
from geo_service.watchers.queries.activities import how_many_come, people_in, people_watching
from geo_service.watchers.workflow.terms import terms_of


class PlanIsNotOpen(Conflict):
    """The plan opens when as many watchers have joined as the dong centre has set."""

    korean = "정해 둔 수만큼 모이면 활동 계획이 열려요."


class ActivityIsOver(Conflict):
    """This activity is done or was called off."""

    korean = "이미 마쳤거나 취소된 활동이에요."


class ActivityHasBegun(Conflict):
    """This activity has begun; nobody signs up or off any more."""

    korean = "이미 시작한 활동이라 바꿀 수 없어요."


class NotBegunYet(Conflict):
    """An activity that has not begun yet is not done."""

    korean = "아직 시작하지 않은 활동이에요."


class NoSeatInActivity(Conflict):
    """Every seat of this activity is taken."""

    korean = "자리가 모두 찼어요."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan, as a dong centre writes it."""

    what: str
    meet_at: str
    starts_at: datetime
    ends_at: datetime
    seats: int | None = None


def plan(session: Session, office_id: UUID, line: Line, *, at: datetime) -> Activity:
    """Add it, and tell every watcher of the dong. Raises: PlanIsNotOpen."""
    if terms_of(session, office_id).plan_opened_at is None:
        raise PlanIsNotOpen
    activity = Activity(office_id=office_id, made_at=at, **asdict(line))
    session.add(activity)
    session.flush()
    session.refresh(activity)
    for person in session.scalars(people_watching(office_id, at=at)).all():
        send(session, person.email, planned(activity, person.tongue))
    return activity


def change(session: Session, activity: Activity, line: Line) -> None:
    """Plan it otherwise; `activity` is locked. Who signed up stays.

    They are told of another time or place. Raises: ActivityIsOver.
    """
    _must_be_open(activity)
    before = _appointment(activity)
    for name, value in asdict(line).items():
        setattr(activity, name, value)
    activity.version += 1
    session.flush()
    if _appointment(activity) != before:
        for person in session.scalars(people_in(activity.id)).all():
            send(session, person.email, replanned(activity, person.tongue))


def _appointment(activity: Activity) -> tuple[datetime, datetime, str]:
    return activity.starts_at, activity.ends_at, activity.meet_at


def call_off(session: Session, activity: Activity, *, at: datetime) -> None:
    """It does not take place; who signed up is told. Raises: ActivityIsOver."""
    _must_be_open(activity)
    activity.called_off_at = at
    activity.version += 1
    for person in session.scalars(people_in(activity.id)).all():
        send(session, person.email, called_off(activity, person.tongue))
    session.flush()


def finish(session: Session, activity: Activity, *, came: int, words: str, at: datetime) -> None:
    """It took place: how many came, and what was done. Raises: ActivityIsOver, NotBegunYet."""
    _must_be_open(activity)
    if at < activity.starts_at:
        raise NotBegunYet
    activity.done_at, activity.came, activity.done_words = at, came, words
    activity.version += 1
    session.flush()


def join(session: Session, activity: Activity, watcher: Watcher, *, at: datetime) -> None:
    """Sign up; twice is once. Raises: ActivityIsOver, ActivityHasBegun, NoSeatInActivity."""
    _must_be_ahead(session, activity, at)
    if session.get(Part, (activity.id, watcher.id)) is not None:
        return
    come = session.scalar(how_many_come(activity.id)) or 0
    if activity.seats is not None and come >= activity.seats:
        raise NoSeatInActivity
    signed = insert(Part).values(activity_id=activity.id, watcher_id=watcher.id, joined_at=at)
    session.execute(signed.on_conflict_do_nothing())


def stay_away(session: Session, activity: Activity, watcher: Watcher, *, at: datetime) -> None:
    """Sign off. Raises: ActivityIsOver, ActivityHasBegun."""
    _must_be_ahead(session, activity, at)
    session.execute(
        delete(Part).where(Part.activity_id == activity.id, Part.watcher_id == watcher.id)
    )


def _must_be_ahead(session: Session, activity: Activity, at: datetime) -> None:
    """Raises: ActivityIsOver, ActivityHasBegun."""
    session.refresh(activity, with_for_update={"of": Activity})
    _must_be_open(activity)
    if at >= activity.starts_at:
        raise ActivityHasBegun


def _must_be_open(activity: Activity) -> None:
    """Raises: ActivityIsOver."""
    if not activity.is_open:
        raise ActivityIsOver
