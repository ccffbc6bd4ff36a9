"""Cards that are good, and keys."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from geo_service.watchers.models import Card, CardKey, CardKind, Watcher


def card_of(watcher_id: UUID, kind: CardKind) -> Select[Card]:
    """Somebody's card of that kind."""
    return select(Card).where(Card.watcher_id == watcher_id, Card.kind == kind)


def the_card(card_id: UUID) -> Select[Card]:
    """The card with this serial, and whose it is."""
    return (
        select(Card)
        .where(Card.id == card_id)
        .options(joinedload(Card.watcher, innerjoin=True).joinedload(Watcher.office))
    )


def signing_keys() -> Select[CardKey]:
    """Keys that may sign. Order: the newest first."""
    return select(CardKey).where(CardKey.retired_at.is_(None)).order_by(CardKey.id.desc())


def all_keys() -> Select[CardKey]:
    """Every key that ever was. Order: the oldest first."""
    return select(CardKey).order_by(CardKey.id)
