"""A year goes by: asked to renew, renewed, or over; and leaving at any time."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.clock import KOREA
from geo_service.errors import Conflict, NotFound
from geo_service.mail import send
from geo_service.watchers.letters import renewal_due, renewed, run_out
from geo_service.watchers.models import Watcher, WatcherState
from geo_service.watchers.models.watcher import RAN_OUT
from geo_service.watchers.queries import members
from geo_service.watchers.workflow.cards import replace_cards
from geo_service.watchers.workflow.deciding import close, year_after
from geo_service.watchers.workflow.refusals import keep_refusal

RENEWED_FROM = timedelta(days=60)
"""So long before its end a year may be renewed."""

REMINDED_FROM = timedelta(days=30)


class NotYetToRenew(Conflict):
    """A membership is renewed in its last sixty days."""

    korean = "끝나기 60일 전부터 이어 갈 수 있어요."


class NoLongerWatcher(NotFound):
    """You are not a watcher any more."""

    korean = "이미 시민찾동이를 그만두셨어요."


def may_renew(watcher: Watcher, at: datetime) -> bool:
    """Whether its last weeks have come."""
    return (
        watcher.valid_until is not None
        and watcher.valid_until - RENEWED_FROM <= at < watcher.valid_until
    )


def renew(session: Session, secret: Secret, watcher: Watcher, *, at: datetime) -> None:
    """One more year, and new cards: those of the year before are good no more.

    Raises: NoLongerWatcher, NotYetToRenew.
    """
    if session.scalar(members.held(watcher.id)) is None:
        raise NoLongerWatcher
    if watcher.valid_until is None or not may_renew(watcher, at):
        raise NotYetToRenew
    watcher.valid_until = year_after(watcher.valid_until.astimezone(KOREA).date())
    watcher.renewal_told_at = None
    session.flush()
    replace_cards(session, secret, watcher, at=at)
    send(session, watcher.person.email, renewed(watcher, watcher.person.tongue))


def leave(session: Session, secret: Secret, watcher: Watcher, *, at: datetime) -> None:
    """No row is kept, no card, no place in an activity; twice is once.

    Of who was turned away there is kept, for a year, that people look when they enrol again.
    """
    if session.scalar(members.held(watcher.id)) is None:
        return
    if watcher.was_refused:
        keep_refusal(session, secret, watcher.person_id, at=at)
    session.delete(watcher)
    session.flush()


def remind(session: Session, *, at: datetime) -> None:
    """Ask those whose year ends soon, once."""
    for watcher in session.scalars(members.to_be_reminded(at, at + REMINDED_FROM)).all():
        watcher.renewal_told_at = at
        send(session, watcher.person.email, renewal_due(watcher, watcher.person.tongue))
    session.flush()


def end_what_ran_out(session: Session, *, at: datetime) -> None:
    """Close the memberships whose year is over, and say so."""
    for watcher in session.scalars(members.run_out(at)).all():
        close(session, watcher, WatcherState.ENDED, RAN_OUT, at=at)
        send(session, watcher.person.email, run_out(watcher, watcher.person.tongue))
