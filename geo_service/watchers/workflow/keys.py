"""The keys that sign cards: made, rotated, revoked. Private halves are sealed, and never leave."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.errors import NotFound
from geo_service.watchers.models import CardKey
from geo_service.watchers.queries.cards import signing_keys

_SEAL = "watcher card key"


class NoSuchKey(NotFound):
    """There is no key with this number. `geo-service watchers keys` shows all."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs, and its number."""

    key_id: int
    key: Ed25519PrivateKey


def signer(session: Session, secret: Secret) -> Signer | None:
    """The newest key that this service's secret opens."""
    for row in session.scalars(signing_keys()):
        opened = secret.opened(_SEAL, row.sealed or b"", about=row.public_key)
        if opened is not None:
            return Signer(row.id, Ed25519PrivateKey.from_private_bytes(opened))
    return None


def ready_signer(session: Session, secret: Secret, *, at: datetime) -> Signer:
    """The same; made when there is none, by one of all who look at once."""
    _take_turns(session)
    return signer(session, secret) or _make(session, secret, at=at)


def rotate(session: Session, secret: Secret, *, at: datetime) -> Signer:
    """Sign with a new key from now on; what the others have signed stays good."""
    _take_turns(session)
    for row in session.scalars(signing_keys()).all():
        _retire(row, at)
    return _make(session, secret, at=at)


def revoke(session: Session, secret: Secret, key_id: int, *, at: datetime) -> CardKey:
    """Believe nothing any more that this key has signed, and have another that signs.

    What other keys have signed stays good. Raises: NoSuchKey.
    """
    _take_turns(session)
    row = session.get(CardKey, key_id)
    if row is None:
        raise NoSuchKey
    _retire(row, at)
    row.revoked_at = row.revoked_at or at
    session.flush()
    if signer(session, secret) is None:
        _make(session, secret, at=at)
    return row


def _retire(row: CardKey, at: datetime) -> None:
    row.sealed, row.retired_at = None, row.retired_at or at


def _make(session: Session, secret: Secret, *, at: datetime) -> Signer:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    sealed = secret.seal(_SEAL, key.private_bytes_raw(), about=public)
    row = CardKey(public_key=public, sealed=sealed, made_at=at)
    session.add(row)
    session.flush()
    return Signer(row.id, key)


def _take_turns(session: Session) -> None:
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext('watch_key'))"))
