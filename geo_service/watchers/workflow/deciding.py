"""The dong centre decides: yes, no and why, or no more and why."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.clock import KOREA
from geo_service.errors import Conflict
from geo_service.mail import send
from geo_service.watchers.letters import confirmed, declined, ended
from geo_service.watchers.models import CardKind, Watcher, WatcherState
from geo_service.watchers.queries.members import held
from geo_service.watchers.workflow.cards import make_card, revoke_cards
from geo_service.watchers.workflow.parting import take_out
from geo_service.watchers.workflow.refusals import drop_refusal
from geo_service.watchers.workflow.terms import open_plan_when_enough


class AlreadyDecided(Conflict):
    """This was decided already, or they have left."""

    korean = "이미 정해졌거나, 그만둔 분이에요."


def year_after(day: date) -> datetime:
    """The midnight that ends a year which begins on that day."""
    try:
        there = day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        there = date(day.year + 1, 3, 1)
    return datetime.combine(there, time(), KOREA)


def confirm(
    session: Session, secret: Secret, watcher: Watcher, *, by_id: UUID, at: datetime
) -> None:
    """They are a watcher for a year. Raises: AlreadyDecided."""
    _hold(session, watcher, WatcherState.WAITING)
    watcher.decided_by_id = by_id
    drop_refusal(session, secret, watcher.person_id)
    welcome(session, secret, watcher, at=at)


def welcome(session: Session, secret: Secret, watcher: Watcher, *, at: datetime) -> None:
    """The same, whoever or whatever decided: card, letter, and perhaps the plan opens."""
    watcher.state, watcher.moved_at = WatcherState.CONFIRMED, at
    watcher.valid_until = year_after(at.astimezone(KOREA).date())
    session.flush()
    make_card(session, secret, watcher, CardKind.PHONE, at=at)
    send(session, watcher.person.email, confirmed(watcher, watcher.person.tongue))
    open_plan_when_enough(session, watcher.office_id, at=at)


def decline(session: Session, watcher: Watcher, reason: str, *, by_id: UUID, at: datetime) -> None:
    """No, and why; their telephone is forgotten. Raises: AlreadyDecided."""
    _hold(session, watcher, WatcherState.WAITING)
    watcher.decided_by_id = by_id
    close(session, watcher, WatcherState.DECLINED, reason, at=at)
    send(session, watcher.person.email, declined(watcher, watcher.person.tongue))


def end(session: Session, watcher: Watcher, reason: str, *, by_id: UUID, at: datetime) -> None:
    """No more, and why; their cards are good no longer. Raises: AlreadyDecided."""
    _hold(session, watcher, WatcherState.CONFIRMED)
    watcher.decided_by_id = by_id
    close(session, watcher, WatcherState.ENDED, reason, at=at)
    send(session, watcher.person.email, ended(watcher, watcher.person.tongue))


def close(
    session: Session, watcher: Watcher, state: WatcherState, reason: str, *, at: datetime
) -> None:
    """What is left of a membership: that there was one, and why it is none."""
    revoke_cards(session, watcher)
    take_out(session, watcher, since=at)
    watcher.state, watcher.reason, watcher.moved_at = state, reason, at
    watcher.phone = watcher.valid_until = watcher.renewal_told_at = None
    session.flush()


def _hold(session: Session, watcher: Watcher, state: WatcherState) -> None:
    if session.scalar(held(watcher.id)) is None or watcher.state is not state:
        raise AlreadyDecided
