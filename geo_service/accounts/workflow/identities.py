"""Signing in through an account elsewhere.

Only (provider, subject) says who somebody is. An address that a provider tells is not proof
enough to open an account that exists: its owner signs in here first, and links it then.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Identity, Person, Tongue
from geo_service.accounts.queries import the_person_with
from geo_service.db.session import expecting
from geo_service.errors import Conflict, NotFound


@dataclass(frozen=True)
class Vouched:
    """What a provider says about whoever came from there."""

    provider: str
    subject: str
    name: str | None = None
    email: str | None = None
    """In lower case, and only if the provider confirmed it."""


class AddressHasAnAccount(Conflict):
    """There is an account with this address already. Sign in with it, then link the other one."""

    korean = (
        "이 이메일로 만든 계정이 이미 있어요. 그 계정으로 로그인한 뒤 내 계정에서 연결해 주세요."
    )


class LinkedToAnother(Conflict):
    """That account is linked to somebody else here."""

    korean = "다른 분의 계정에 이미 연결되어 있어요."


class LastWayIn(Conflict):
    """It is your only way to sign in. Set an e-mail address first."""

    korean = "남은 로그인 방법이 이것뿐이에요. 이메일을 먼저 등록해 주세요."


class NotLinked(NotFound):
    """That account is not linked to yours."""

    korean = "연결되어 있지 않은 계정이에요."


def whoever(session: Session, vouched: Vouched, *, tongue: Tongue, at: datetime) -> Person:
    """The person for whom a provider vouches; a new account for a stranger.

    Raises: AddressHasAnAccount.
    """
    known = session.get(Identity, (vouched.provider, vouched.subject))
    if known is not None:
        return session.get_one(Person, known.person_id)
    if vouched.email and session.scalar(the_person_with(vouched.email)):
        raise AddressHasAnAccount
    person = Person(
        name=vouched.name or ("새 이웃" if tongue is Tongue.KO else "New neighbour"),
        email=vouched.email,
        email_confirmed_at=at if vouched.email else None,
        tongue=tongue,
        joined_at=at,
    )
    with expecting(session, "person_email_key", AddressHasAnAccount()):
        session.add(person)
    link(session, person, vouched, at=at)
    return person


def link(session: Session, person: Person, vouched: Vouched, *, at: datetime) -> None:
    """Let somebody sign in that way too; done already, it changes nothing.

    Raises: LinkedToAnother.
    """
    known = session.get(Identity, (vouched.provider, vouched.subject))
    if known is not None:
        if known.person_id != person.id:
            raise LinkedToAnother
        return
    with expecting(session, "identity_pkey", LinkedToAnother()):
        session.add(
            Identity(
                provider=vouched.provider,
                subject=vouched.subject,
                person_id=person.id,
                linked_at=at,
            )
        )


def unlink(session: Session, person: Person, provider: str) -> None:
    """Sign in that way no longer. Raises: NotLinked, LastWayIn."""
    session.get_one(Person, person.id, with_for_update=True)
    mine = Identity.person_id == person.id
    gone = session.execute(
        delete(Identity).where(mine, Identity.provider == provider).returning(Identity.subject)
    )
    if gone.first() is None:
        raise NotLinked
    left = session.scalar(select(func.count()).select_from(Identity).where(mine))
    if not left and person.email is None:
        raise LastWayIn
