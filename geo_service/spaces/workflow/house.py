"""The house of a space: whoever changes what is booked in it goes in alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from geo_service.errors import Problem
from geo_service.spaces.models import Terms
from geo_service.spaces.queries.tree import LINEAGE
from geo_service.spaces.workflow.problems import NotBookable, SomebodyWasFaster

PATIENCE = "1s"
"""Whoever has waited so long for others is told to try again: better than a page that hangs."""

_LOST = (DeadlockDetected, LockNotAvailable, SerializationFailure)


@dataclass(frozen=True)
class House:
    """A space with everything around it, while nobody else changes bookings there.

    From outside (`seen`), only as it stood at that moment.
    """

    session: Session
    terms: Terms
    around: tuple[UUID, ...]
    """The wholes that it is a part of; order: outwards."""
    id: UUID
    """The outermost of them, or the space itself."""
    at: datetime

    def room(self, space_id: UUID) -> "House":
        """Another space of the same house."""
        if space_id == self.terms.space_id:
            return self
        terms = terms_of(self.session, space_id)
        around = tuple(self.session.scalars(LINEAGE, {"space_id": space_id}))[1:]
        return House(self.session, terms, around, self.id, self.at)


def terms_of(session: Session, space_id: UUID) -> Terms:
    """On what terms it may be booked. Raises: NotBookable."""
    terms = session.get(Terms, space_id)
    if terms is None:
        raise NotBookable
    return terms


def seen(session: Session, space_id: UUID, *, at: datetime) -> House:
    """The house from outside; nobody is kept from changing it. Raises: NotBookable."""
    return _house(session, lineage(session, space_id), terms_of(session, space_id), at)


@contextmanager
def locked(session: Session, space_id: UUID, *, at: datetime) -> Iterator[House]:
    """Wait until nobody else is in the house, and stay until the transaction ends.

    One lock for all that may get in each other's way, taken before anything else is: so two deeds
    cannot wait for each other. Should PostgreSQL all the same see a deadlock, or should others
    take too long, it is a lost race and no fault of the service.
    Raises: NotBookable, SomebodyWasFaster.
    """
    with races_lost():
        ids = lock_house(session, space_id)
        # Read after the lock: an officer may have changed them while this one waited.
        terms = session.get(Terms, space_id, populate_existing=True)
        if terms is None:
            raise NotBookable
        yield _house(session, ids, terms, at)


def lock_house(session: Session, space_id: UUID) -> Sequence[UUID]:
    """Wait for the house of a space; the space and what is around it. Raises: NotBookable."""
    ids = lineage(session, space_id)
    wait = func.set_config("lock_timeout", PATIENCE, True)  # noqa: FBT003 (for this transaction)
    session.execute(select(wait, func.pg_advisory_xact_lock(_key(ids[-1]))))
    return ids


def lineage(session: Session, space_id: UUID) -> Sequence[UUID]:
    """The space and what is around it; order: outwards. Raises: NotBookable."""
    ids = session.scalars(LINEAGE, {"space_id": space_id}).all()
    if not ids:
        raise NotBookable
    return ids


@contextmanager
def races_lost() -> Iterator[None]:
    """What a lost race is called."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, _LOST):
            raise SomebodyWasFaster from error
        raise


@contextmanager
def all_or_nothing(session: Session, **refusals: Problem) -> Iterator[None]:
    """Undo the block when it raises; a breach of a constraint becomes the problem of its name."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        cause = error.orig
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if name in refusals:
            raise refusals[name] from error
        raise


def _house(session: Session, ids: Sequence[UUID], terms: Terms, at: datetime) -> House:
    return House(session, terms, tuple(ids[1:]), ids[-1], at)


def _key(house_id: UUID) -> int:
    """64 bits for the advisory lock. Two houses that share them only wait for each other."""
    return int.from_bytes(house_id.bytes[:8], signed=True)
