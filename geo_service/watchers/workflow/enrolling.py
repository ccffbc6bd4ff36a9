"""Keep what is answered page by page, and enrol."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow import Secret
from geo_service.db.session import expecting
from geo_service.errors import BadField, Conflict
from geo_service.mail import send
from geo_service.watchers.letters import received
from geo_service.watchers.models import Enrolment, Watcher, WatcherState
from geo_service.watchers.queries.centres import the_centre
from geo_service.watchers.queries.members import draft_of, membership_of
from geo_service.watchers.workflow.deciding import welcome
from geo_service.watchers.workflow.refusals import keep_refusal, was_turned_away
from geo_service.watchers.workflow.terms import terms_of

KEPT_FOR = timedelta(days=30)
"""So long what was begun waits to be finished."""


class AlreadyWatcher(Conflict):
    """You are a watcher already, or wait to be confirmed."""

    korean = "이미 시민찾동이로 가입했거나 확인을 기다리고 있어요."


class NoSuchDong(BadField):
    """Choose a dong with a dong centre."""

    korean = "목록에 있는 동을 골라 주세요."


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of themselves."""

    office_id: UUID
    phone: str
    """E.164."""
    name: str
    """For the card."""


def save(session: Session, person_id: UUID, said: dict[str, Any], *, at: datetime) -> None:
    """Add pages to what was begun."""
    begun = insert(Enrolment).values(person_id=person_id, said=said, saved_at=at)
    session.execute(
        begun.on_conflict_do_update(
            index_elements=[Enrolment.person_id],
            set_={"said": Enrolment.said.op("||")(begun.excluded.said), "saved_at": at},
        )
    )


def enrol(session: Session, secret: Secret, person: Person, told: Told, *, at: datetime) -> Watcher:
    """Ask to be a watcher; one is at once where the dong says so.

    Whom a dong centre has turned away before is always looked at by people, even where they left
    in between and nothing of it is to be seen.
    Raises: AlreadyWatcher, NoSuchDong.
    """
    if session.scalar(the_centre(told.office_id)) is None:
        raise NoSuchDong("office_id", NoSuchDong.title())
    before = session.scalar(membership_of(person.id).with_for_update(of=Watcher))
    if before is not None:
        if before.is_live(at):
            raise AlreadyWatcher
        if before.was_refused:
            keep_refusal(session, secret, person.id, at=at)
        session.delete(before)
        session.flush()
    watcher = Watcher(
        person_id=person.id,
        office_id=told.office_id,
        name=told.name,
        phone=told.phone,
        state=WatcherState.WAITING,
        asked_at=at,
        moved_at=at,
    )
    with expecting(session, "watcher_once_key", AlreadyWatcher()):
        session.add(watcher)
    session.execute(delete(Enrolment).where(Enrolment.person_id == person.id))
    session.refresh(watcher)
    is_looked_at = was_turned_away(session, secret, person.id, at=at)
    if terms_of(session, told.office_id).at_once and not is_looked_at:
        welcome(session, secret, watcher, at=at)
    else:
        send(session, person.email, received(watcher, person.tongue))
    return watcher


def said_so_far(session: Session, person_id: UUID) -> dict[str, Any]:
    """What somebody has answered, by page."""
    draft = session.scalar(draft_of(person_id))
    return dict(draft.said) if draft else {}


def forget_old_drafts(session: Session, *, at: datetime) -> None:
    """What nobody has gone on with for a month is dropped."""
    session.execute(delete(Enrolment).where(Enrolment.saved_at < at - KEPT_FOR))
