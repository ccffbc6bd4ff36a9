"""Make cards, and sign what they say whenever they are shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.errors import Conflict
from geo_service.watchers.files.token import Token
from geo_service.watchers.models import Card, CardKind, Watcher
from geo_service.watchers.queries.cards import card_of
from geo_service.watchers.workflow.keys import ready_signer, signer

SHOWN_FOR = timedelta(minutes=10)
"""So long the QR on a telephone is good; a picture of it, sent around, soon opens nothing."""


class NoCardToMake(Conflict):
    """Only a watcher whom the dong centre has confirmed has a card."""

    korean = "동 행정복지센터가 확인한 뒤에 카드를 만들 수 있어요."


def make_card(
    session: Session, secret: Secret, watcher: Watcher, kind: CardKind, *, at: datetime
) -> Card:
    """A new one of that kind; the one before is good no more. Raises: NoCardToMake."""
    if not watcher.is_valid(at):
        raise NoCardToMake
    ready_signer(session, secret, at=at)
    session.execute(delete(Card).where(Card.watcher_id == watcher.id, Card.kind == kind))
    card = Card(watcher_id=watcher.id, kind=kind, made_at=at)
    session.add(card)
    session.flush()
    return card


def replace_cards(session: Session, secret: Secret, watcher: Watcher, *, at: datetime) -> None:
    """Whatever was lost is good no more, and the telephone has a new one. Raises: NoCardToMake."""
    make_card(session, secret, watcher, CardKind.PHONE, at=at)
    session.execute(delete(Card).where(Card.watcher_id == watcher.id, Card.kind == CardKind.PAPER))


def revoke_cards(session: Session, watcher: Watcher) -> None:
    """No card of theirs is good any more."""
    session.execute(delete(Card).where(Card.watcher_id == watcher.id))


@dataclass(frozen=True, slots=True)
class Showing:
    """A card as it is shown."""

    letters: str
    """Its token, as an address takes it."""
    until: datetime
    """When it runs out."""


def show(
    session: Session, secret: Secret, watcher: Watcher, kind: CardKind, *, at: datetime
) -> Showing | None:
    """Sign what a card says at this moment, which changes nothing.

    None where there is no such card, or no key that signs.
    """
    card = session.scalar(card_of(watcher.id, kind))
    signing = signer(session, secret)
    if card is None or signing is None or watcher.valid_until is None or not watcher.is_valid(at):
        return None
    shown_until = at + SHOWN_FOR if kind is CardKind.PHONE else watcher.valid_until
    token = Token(signing.key_id, card.id, min(shown_until, watcher.valid_until))
    return Showing(token.signed(signing.key), token.runs_out_at)
