"""Signing in and out of browsers. A token is told once, to the browser that keeps it.

Whoever signs in, or becomes able to do more, gets a new token: one that somebody slipped into
the browser before is worth nothing afterwards.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person, SignIn
from geo_service.accounts.queries import hashed
from geo_service.errors import NotFound

AT_MOST = timedelta(days=365)
"""Nobody stays signed in longer, however often they come."""

SEEN_EVERY = timedelta(minutes=5)
"""How late `seen_at` may be."""


class NoSuchBrowser(NotFound):
    """You are not signed in there any more."""

    korean = "이미 로그아웃된 기기예요."


def open_browser(
    session: Session, person: Person, *, at: datetime, device: str = "", instead_of: str | None
) -> str:
    """Sign in; the token for the browser, in place of what it had."""
    if instead_of:
        close_browser(session, instead_of)
    token = token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=hashed(token),
            person_id=person.id,
            signed_in_at=at,
            seen_at=at,
            expires_at=at + AT_MOST,
            device=device,
        )
    )
    session.flush()
    return token


def close_browser(session: Session, token: str) -> None:
    """Sign out; done already, it changes nothing."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hashed(token)))


def close_one(session: Session, person: Person, sign_in_id: UUID) -> None:
    """Sign out in another browser. Raises: NoSuchBrowser."""
    closed = session.execute(
        delete(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == person.id)
        .returning(SignIn.id)
    )
    if closed.first() is None:
        raise NoSuchBrowser


def close_all(session: Session, person: Person) -> None:
    """Sign out everywhere."""
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def see(session: Session, token_hash: bytes, *, at: datetime) -> None:
    """Somebody is here; noted now and then, and never backwards."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash, SignIn.seen_at < at - SEEN_EVERY)
        .values(seen_at=at)
    )
