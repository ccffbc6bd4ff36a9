"""Who joins a meeting: somebody we know, or a guest from some address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from geo_service.accounts.access import AnybodyActing, TheAddress, TheSecret
from geo_service.accounts.models import Person
from geo_service.accounts.workflow.limits import Limit, count
from geo_service.accounts.workflow.secret import Secret
from geo_service.meetings.models import Meeting
from geo_service.meetings.workflow.joining import a_code
from geo_service.web.idempotency import TheWish, Wish
from geo_service.web.session import DbSession

SEATS_FROM = Limit("seat of a guest from an address", 30, timedelta(hours=1))
"""A whole community centre may share one address."""


@dataclass(frozen=True)
class Joiner:
    """Whoever says that they come."""

    person: Person | None
    """None is a guest."""
    session: Session
    secret: Secret
    address: str
    wish: Wish | None

    def guest_code(self, meeting: Meeting, phone: str, *, at: datetime) -> str:
        """The code of a guest's seat, the same for a form that is sent twice, for one phone.

        Raises: TooManyTries.
        """
        count(self.session, self.secret, (SEATS_FROM, self.address), at=at)
        if self.wish is None:
            return a_code(token_bytes(32))
        key = self.wish.key_hash.hex()
        return a_code(self.secret.digest("seat at a meeting", meeting.id.hex, key, phone))


def _joiner(
    person: AnybodyActing,
    session: DbSession,
    secret: TheSecret,
    address: TheAddress,
    wish: TheWish,
) -> Joiner:
    return Joiner(person, session, secret, address, wish)


TheJoiner = Annotated[Joiner, Depends(_joiner)]
"""Whoever says that they come. Raises: NotOurForm, TokenMayNot."""
