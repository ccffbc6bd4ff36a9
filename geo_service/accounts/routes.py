"""One's own account as JSON, and tokens for programs."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session

from geo_service.accounts.access import (
    Acting,
    ChangingBrowser,
    FreshChangingBrowser,
    SignedIn,
    TheSecret,
)
from geo_service.accounts.models import Person
from geo_service.accounts.queries import in_full, tokens_of
from geo_service.accounts.schemas import MeIn, MeOut, TokenIn, TokenMadeOut, TokenOut
from geo_service.accounts.workflow import limits
from geo_service.accounts.workflow.profile import live_at
from geo_service.accounts.workflow.tokens import make_token, revoke
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.geo.place import Place
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1", tags=["me"])


def _told(session: Session, person: Person) -> MeOut:
    return MeOut.of(session.scalars(in_full(person.id)).one(), at=now())


@router.get("/me")
def me(person: SignedIn, session: ReadSession) -> MeOut:
    """Who I am here."""
    return _told(session, person)


@router.patch("/me")
def change_me(person: Acting, said: MeIn, session: DbSession) -> MeOut:
    """Change what is named, and leave the rest."""
    for field in said.model_fields_set & {"name", "language", "pace"}:
        value = getattr(said, field)
        if value is None:
            raise BadField(field, "This cannot be empty.")
        setattr(person, "tongue" if field == "language" else field, value)
    if "phone" in said.model_fields_set:
        person.phone = said.phone
    if "home" in said.model_fields_set:
        live_at(session, person, Place(said.home.lat, said.home.lng) if said.home else None)
    session.flush()
    return _told(session, person)


@router.get("/tokens")
def my_tokens(person: SignedIn, session: ReadSession) -> list[TokenOut]:
    """My tokens, the newest first."""
    return [TokenOut.of(token) for token in session.scalars(tokens_of(person.id))]


@router.post("/tokens", status_code=201)
def add_token(
    browser: FreshChangingBrowser, said: TokenIn, session: DbSession, secret: TheSecret
) -> TokenMadeOut:
    """Make a token. Its words are in this answer and nowhere else; ask for them again in vain."""
    at, person = now(), browser.person
    limits.count(session, secret, (limits.TOKENS_OF, person.id.hex), at=at)
    token, words = make_token(
        session, person, said.name, said.scopes, good_for=timedelta(days=said.days), at=at
    )
    return TokenMadeOut(**TokenOut.of(token).model_dump(), token=words)


@router.delete("/tokens/{token_id}", status_code=204)
def drop_token(
    token_id: Annotated[UUID, Path()], browser: ChangingBrowser, session: DbSession
) -> None:
    """Revoke a token at once."""
    revoke(session, browser.person, token_id)
