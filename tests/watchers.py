"""Watchers of the tests: in whatever state, with cards, plans and benefits."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow import Secret
from geo_service.clock import KOREA, now
from geo_service.watchers.models import (
    Activity,
    Benefit,
    Card,
    CardKind,
    Watcher,
    WatcherState,
)
from geo_service.watchers.workflow.cards import show
from geo_service.watchers.workflow.deciding import year_after
from geo_service.watchers.workflow.keys import ready_signer
from geo_service.watchers.workflow.terms import held_terms
from tests.factories import an_office
from tests.people import a_person

MASTER = b"for the keys of the tests, and nothing else"
SECRET = Secret(MASTER)


def a_watcher(session: Session, person: Person | None = None, **said: Any) -> Watcher:
    """Confirmed today, with a card on the telephone, unless said otherwise."""
    person = person or a_person(session)
    state = said.pop("state", WatcherState.CONFIRMED)
    is_confirmed = state is WatcherState.CONFIRMED
    is_live = is_confirmed or state is WatcherState.WAITING
    usual = {
        "person_id": person.id,
        "name": "골목지기",
        "state": state,
        "phone": "+821012345678" if is_live else None,
        "reason": "" if is_live else "아직 만나 뵙지 못했어요",
        "valid_until": year_after(now().astimezone(KOREA).date()) if is_confirmed else None,
    }
    office_id = said.pop("office_id", None) or an_office(session).id
    watcher = Watcher(**usual | {"office_id": office_id} | said)
    session.add(watcher)
    session.flush()
    if is_confirmed:
        session.add(Card(watcher_id=watcher.id, kind=CardKind.PHONE))
    session.commit()
    return watcher


def a_card_shown(
    session: Session,
    watcher: Watcher,
    kind: CardKind = CardKind.PHONE,
    *,
    secret: Secret = SECRET,
    at: datetime | None = None,
) -> str:
    """What the QR of their card says at a moment."""
    moment = at or now()
    ready_signer(session, secret, at=moment)
    shown = show(session, secret, watcher, kind, at=moment)
    session.commit()
    assert shown is not None
    return shown.letters


def a_benefit(session: Session, **said: Any) -> Benefit:
    """On offer since yesterday, unless said otherwise."""
    usual = {"title": "영화 1,000원 할인", "partner": "송정시네마", "good_from": _yesterday()}
    office_id = said.pop("office_id", None) or an_office(session).id
    session.add(benefit := Benefit(**usual | {"office_id": office_id} | said))
    session.commit()
    return benefit


def _yesterday() -> date:
    return now().astimezone(KOREA).date() - timedelta(days=1)


def an_open_plan(session: Session, office_id: UUID) -> None:
    """The plan of that dong is open."""
    held_terms(session, office_id).plan_opened_at = now()
    session.commit()


def an_activity(session: Session, **said: Any) -> Activity:
    """Tomorrow, for two hours, in a plan that is open."""
    begins = said.pop("starts_at", now() + timedelta(days=1))
    office_id = said.pop("office_id", None) or an_office(session).id
    an_open_plan(session, office_id)
    usual = {
        "what": "골목 한 바퀴",
        "meet_at": "행정복지센터 앞",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
    }
    session.add(activity := Activity(**usual | {"office_id": office_id} | said))
    session.commit()
    return activity
