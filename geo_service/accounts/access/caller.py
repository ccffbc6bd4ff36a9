"""Whoever asks: nobody we know, a person in a browser, or a program with a person's token."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import BackgroundTasks, Depends, Request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from geo_service.accounts.models import ApiToken, Person, Scope, SignIn
from geo_service.accounts.queries import the_api_token, the_sign_in_of
from geo_service.accounts.workflow import browsers, tokens
from geo_service.clock import now
from geo_service.errors import Busy, NotAllowed, NotSignedIn
from geo_service.web.cookies import session_token
from geo_service.web.csrf import bearer_token, proven
from geo_service.web.session import DbSession, ReadSession, Turns


class TokenIsNoGood(NotSignedIn):
    """This token is unknown, was revoked, or has run out."""

    korean = "없앴거나 기한이 지난 토큰이에요."


class TokenMayNot(NotAllowed):
    """This token was not made for that. Make one with the scope that is needed."""

    korean = "이 토큰으로는 할 수 없는 일이에요."


@dataclass(frozen=True, slots=True)
class Caller:
    """A person, and how we know."""

    person: Person
    sign_in: SignIn | None = None
    token: ApiToken | None = None


def _caller(request: Request, session: Session, after: BackgroundTasks) -> Caller | None:
    """Somebody we know, or nobody. Raises: TokenIsNoGood."""
    at = now()
    if (shown := bearer_token(request)) is not None:
        token = session.scalar(the_api_token(shown), {"at": at})
        if token is None:
            raise TokenIsNoGood
        if token.last_used_at is None or at - token.last_used_at > browsers.SEEN_EVERY:
            after.add_task(_note, request, lambda session: tokens.see(session, token.id, at=at))
        caller = Caller(token.person, token=token)
    elif (kept := session_token(request)) and (
        sign_in := session.scalar(the_sign_in_of(kept), {"at": at})
    ):
        if at - sign_in.seen_at > browsers.SEEN_EVERY:
            name = sign_in.token_hash
            after.add_task(_note, request, lambda session: browsers.see(session, name, at=at))
        caller = Caller(sign_in.person, sign_in=sign_in)
    else:
        return None
    request.state.caller = caller
    return caller


async def _note(request: Request, write: Callable[[Session], None]) -> None:
    """After the answer, and outside its transaction, which may only read. Not worth a failure."""
    turns: Turns = request.app.state.writing

    def do(session: Session) -> None:
        write(session)
        session.commit()

    with suppress(Busy, OperationalError):
        async with turns.take() as session:
            await run_in_threadpool(do, session)


def expect_scope(request: Request, scope: Scope) -> None:
    """Refuse a token that was not made for that; in a browser people may all they may.

    Raises: TokenMayNot.
    """
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller and caller.token and scope not in caller.token.scopes:
        raise TokenMayNot


def _looking(request: Request, session: ReadSession, after: BackgroundTasks) -> Caller | None:
    caller = _caller(request, session, after)
    expect_scope(request, Scope.READ)
    return caller


def _visitor(caller: Annotated[Caller | None, Depends(_looking)]) -> Person | None:
    return caller.person if caller else None


Visitor = Annotated[Person | None, Depends(_visitor)]
"""Whoever is looking; nobody in particular is None."""


def known(caller: Annotated[Caller | None, Depends(_looking)]) -> Caller:
    """Whoever is looking, and how we know. Raises: NotSignedIn."""
    if caller is None:
        raise NotSignedIn
    return caller


def known_acting(
    request: Request,
    session: DbSession,
    _proof: Annotated[None, Depends(proven)],
    after: BackgroundTasks,
) -> Caller:
    """Whoever changes something, and how we know. Raises: NotSignedIn, NotOurForm."""
    caller = _caller(request, session, after)
    if caller is None:
        raise NotSignedIn
    expect_scope(request, Scope.WRITE)
    return caller


def _person(caller: Annotated[Caller, Depends(known)]) -> Person:
    return caller.person


def _acting(caller: Annotated[Caller, Depends(known_acting)]) -> Person:
    return caller.person


def _anybody(
    request: Request,
    session: DbSession,
    _proof: Annotated[None, Depends(proven)],
    after: BackgroundTasks,
) -> Person | None:
    caller = _caller(request, session, after)
    expect_scope(request, Scope.WRITE)
    return caller.person if caller else None


AnybodyActing = Annotated[Person | None, Depends(_anybody)]
"""Whoever changes something where no account is needed; nobody we know is None.

Raises: NotOurForm, TokenMayNot.
"""

SignedIn = Annotated[Person, Depends(_person)]
"""Somebody we know, who is looking. Raises: NotSignedIn, TokenMayNot."""

Acting = Annotated[Person, Depends(_acting)]
"""Somebody we know, who changes something. Raises: NotSignedIn, NotOurForm, TokenMayNot."""
