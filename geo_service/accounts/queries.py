"""Questions about people. Each returns SQL; the caller decides when to run it."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, select
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import contains_eager, joinedload

from geo_service.accounts.models import (
    ApiToken,
    Identity,
    Person,
    RecoveryCode,
    SecondFactor,
    SignIn,
)

AT = bindparam("at", type_=TIMESTAMP(timezone=True))
"""The moment of the question."""

IDLE, IDLE_STAFF = timedelta(days=30), timedelta(minutes=60)
"""Who is not seen for so long is signed out."""

AT_MOST_STAFF = timedelta(hours=12)
"""Staff sign in again after a day's work; for residents `SignIn.expires_at` says when."""


def hashed(token: str) -> bytes:
    """What the database keeps of a token: useless to whoever reads it there."""
    return sha256(token.encode()).digest()


def _is_valid() -> ColumnElement[bool]:
    """Whether somebody is still signed in `:at` a moment. Who becomes staff is staff at once."""
    return and_(
        SignIn.expires_at > AT,
        SignIn.seen_at > AT - case((Person.on_staff, IDLE_STAFF), else_=IDLE),
        Person.on_staff.is_(False) | (SignIn.signed_in_at > AT - AT_MOST_STAFF),
        Person.left_at.is_(None),
    )


def the_sign_in_of(token: str) -> Select[SignIn]:
    """Where somebody is signed in with this token `:at` a moment, and who it is."""
    return select(SignIn).join(SignIn.person).where(SignIn.token_hash == hashed(token), _is_valid())


def the_api_token(token: str) -> Select[ApiToken]:
    """The personal token that a program shows `:at` a moment, and whose it is."""
    return (
        select(ApiToken)
        .join(ApiToken.person)
        .options(contains_eager(ApiToken.person))
        .where(
            ApiToken.token_hash == hashed(token), ApiToken.expires_at > AT, Person.left_at.is_(None)
        )
    )


def the_person_with(email: str) -> Select[Person]:
    """Who has this address, which is in lower case."""
    return select(Person).where(Person.email == email)


def in_full(person_id: UUID) -> Select[Person]:
    """A person, with the names of their dongs read at once."""
    return (
        select(Person)
        .where(Person.id == person_id)
        .options(joinedload(Person.home_dong), joinedload(Person.neighbour_of))
        .execution_options(populate_existing=True)
    )


def browsers_of(person_id: UUID) -> Select[SignIn]:
    """Where somebody is signed in `:at` a moment. Order: seen last first."""
    return (
        select(SignIn)
        .join(SignIn.person)
        .options(contains_eager(SignIn.person))
        .where(SignIn.person_id == person_id, _is_valid())
        .order_by(SignIn.seen_at.desc(), SignIn.id)
    )


def tokens_of(person_id: UUID) -> Select[ApiToken]:
    """Somebody's tokens, those that ran out included. Order: newest first."""
    return (
        select(ApiToken)
        .where(ApiToken.person_id == person_id)
        .order_by(ApiToken.made_at.desc(), ApiToken.id)
    )


def identities_of(person_id: UUID) -> Select[Identity]:
    """Accounts elsewhere with which somebody signs in."""
    return (
        select(Identity)
        .where(Identity.person_id == person_id)
        .order_by(Identity.provider, Identity.subject)
    )


def the_second_factor_of(person_id: UUID) -> Select[SecondFactor]:
    """What is shared with somebody's telephone, confirmed or not."""
    return select(SecondFactor).where(SecondFactor.person_id == person_id)


def recovery_codes_of(person_id: UUID) -> Select[RecoveryCode]:
    """The spare codes that are left."""
    return select(RecoveryCode).where(RecoveryCode.person_id == person_id)
