"""Tokens for programs, as a person makes and revokes them."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import (
    ChangingBrowser,
    FreshBrowser,
    FreshChangingBrowser,
    TheSecret,
)
from geo_service.accounts.models import Person
from geo_service.accounts.queries import tokens_of
from geo_service.accounts.schemas import TokenForm
from geo_service.accounts.workflow import limits
from geo_service.accounts.workflow.tokens import make_token, revoke
from geo_service.clock import now
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/my/account/tokens", default_response_class=HTMLResponse, include_in_schema=False
)


def _tokens(
    request: Request, session: Session, person: Person, form: Filled[TokenForm]
) -> Response:
    mine = session.scalars(tokens_of(person.id)).all()
    return page(
        request,
        "accounts/tokens.html",
        status=form.status,
        form=form,
        tokens=mine,
        at=now(),
        on_staff=person.on_staff,
    )


@router.get("")
def tokens_page(request: Request, browser: FreshBrowser, session: ReadSession) -> Response:
    """Those there are, and a form for another."""
    return _tokens(request, session, browser.person, blank(TokenForm, scopes=["read"], days=90))


@router.post("")
def add_token(
    request: Request,
    sent: Sent,
    browser: FreshChangingBrowser,
    session: DbSession,
    secret: TheSecret,
) -> Response:
    """Make one. The page that answers shows it, and no other page ever will."""
    at, form, person = now(), filled(TokenForm, sent), browser.person
    if wish := form.value:
        limits.count(session, secret, (limits.TOKENS_OF, person.id.hex), at=at)
        with form.attempt(session):
            good_for = timedelta(days=wish.days)
            token, words = make_token(
                session, person, wish.name, wish.scopes, good_for=good_for, at=at
            )
            answer = page(request, "accounts/token_made.html", token=token, words=words)
            answer.headers["Cache-Control"] = "no-store"
            return answer
    return _tokens(request, session, person, form)


@router.post("/{token_id}/revoke")
def drop_token(
    request: Request, token_id: UUID, browser: ChangingBrowser, session: DbSession
) -> Response:
    """End one at once."""
    revoke(session, browser.person, token_id)
    return led(request, "/my/account/tokens", "accounts.token_revoked")
