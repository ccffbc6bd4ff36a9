"""Looks: who saw what, written down before they do."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from sqlalchemy import Select, Table, insert, select
from sqlalchemy.orm import Session

from geo_service.accounts.workflow.secret import Secret
from geo_service.clock import now
from geo_service.confidential.claims import Claims
from geo_service.confidential.models import Look

_LOOK = cast("Table", Look.__table__)


def look(  # noqa: PLR0913 (who, what, whose, why and from where)
    session: Session,
    claims: Claims,
    thing: str,
    thing_id: UUID | None,
    centre_id: UUID | None,
    *,
    purpose: str = "",
    address_hash: bytes | None = None,
) -> None:
    """Write down that somebody is about to see one thing."""
    seen = [(thing_id, centre_id)]
    look_at_each(session, claims, thing, seen, purpose=purpose, address_hash=address_hash)


def look_at_each(  # noqa: PLR0913 (as above)
    session: Session,
    claims: Claims,
    thing: str,
    seen: Iterable[tuple[UUID | None, UUID | None]],
    *,
    purpose: str = "",
    address_hash: bytes | None = None,
) -> None:
    """The same for a list. Shape of `seen`: pairs of the thing and the centre whose it is."""
    rows = [
        {
            "at": now(),
            "person_id": claims.person_id,
            "standing": claims.role,
            "thing": thing,
            "thing_id": thing_id,
            "centre_id": centre_id,
            "purpose": purpose or claims.purpose,
            "address_hash": address_hash,
        }
        for thing_id, centre_id in seen
    ]
    if rows:
        # Not by the mapping, which asks for the new id: not everybody may read what they wrote.
        session.execute(insert(_LOOK).inline(), rows)


def address_hash(secret: Secret, address: str | None) -> bytes | None:
    """From where somebody looks, as it may be kept."""
    return secret.digest("address of a look", address, size=16) if address else None


def looks_at(thing_id: UUID) -> Select[Look]:
    """Who looked at one thing. Order: as it happened."""
    return select(Look).where(Look.thing_id == thing_id).order_by(Look.id)
