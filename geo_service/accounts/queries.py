"""Questions about people. Each returns SQL; the caller decides when to run it."""

from hashlib import sha256

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects.postgresql import TIMESTAMP

from geo_service.accounts.models import Person, SignIn

AT = bindparam("at", type_=TIMESTAMP(timezone=True))
"""The moment of the question."""


def hashed(token: str) -> bytes:
    """What the database keeps of a token: useless to whoever reads it there."""
    return sha256(token.encode()).digest()


def the_person_of(token: str) -> Select[Person]:
    """Who is signed in with this token `:at` a moment."""
    return (
        select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(SignIn.token_hash == hashed(token), SignIn.expires_at > AT)
    )
