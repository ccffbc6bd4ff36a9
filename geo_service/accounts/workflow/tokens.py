"""Personal tokens: made, used, revoked."""

from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from geo_service.accounts.models import ApiToken, Person, Scope
from geo_service.accounts.queries import hashed
from geo_service.accounts.workflow.browsers import SEEN_EVERY
from geo_service.errors import Conflict, NotFound

PREFIX = "dongne_"
"""By which people and scanners of published code know a token of ours."""

MOST = 20


class NoSuchToken(NotFound):
    """There is no such token."""

    korean = "이미 없앤 토큰이에요."


class TooManyTokens(Conflict):
    """You have as many tokens as one may have. Revoke one that you no longer use."""

    korean = "토큰을 더 만들 수 없어요. 쓰지 않는 것을 먼저 없애 주세요."


def make_token(  # noqa: PLR0913 (what a token is made of)
    session: Session,
    person: Person,
    name: str,
    scopes: Collection[Scope],
    *,
    good_for: timedelta,
    at: datetime,
) -> tuple[ApiToken, str]:
    """A new token, and its words, which are told this once. Raises: TooManyTokens."""
    session.get_one(Person, person.id, with_for_update=True)
    mine = select(func.count()).select_from(ApiToken).where(ApiToken.person_id == person.id)
    if (session.scalar(mine) or 0) >= MOST:
        raise TooManyTokens
    words = PREFIX + token_urlsafe(32)
    token = ApiToken(
        person_id=person.id,
        name=name,
        token_hash=hashed(words),
        scopes=[scope.value for scope in Scope if scope in scopes],
        made_at=at,
        expires_at=at + good_for,
    )
    session.add(token)
    session.flush()
    return token, words


def revoke(session: Session, person: Person, token_id: UUID) -> None:
    """End a token at once. Raises: NoSuchToken."""
    gone = session.execute(
        delete(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.person_id == person.id)
        .returning(ApiToken.id)
    )
    if gone.first() is None:
        raise NoSuchToken


def see(session: Session, token_id: UUID, *, at: datetime) -> None:
    """It is in use; noted now and then."""
    session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id,
            or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < at - SEEN_EVERY),
        )
        .values(last_used_at=at)
    )
