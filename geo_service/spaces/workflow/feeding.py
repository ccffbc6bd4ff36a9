"""Open somebody's calendar to their own programs, anew, or no longer."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces.models import Feed


def hashed(word: str) -> bytes:
    """As it is kept: whoever reads the table cannot open a calendar."""
    return sha256(word.encode()).digest()


def open_feed(session: Session, person: Person, *, at: datetime) -> str:
    """The word that opens it, told this once; an earlier one opens nothing any more."""
    word = token_urlsafe(32)
    feed = session.get(Feed, person.id)
    if feed is None:
        session.add(Feed(person_id=person.id, word_hash=hashed(word), made_at=at))
    else:
        feed.word_hash, feed.made_at = hashed(word), at
    session.flush()
    return word


def close_feed(session: Session, person: Person) -> None:
    """Nobody gets in any more. Again, it changes nothing."""
    feed = session.get(Feed, person.id)
    if feed is not None:
        session.delete(feed)
        session.flush()
