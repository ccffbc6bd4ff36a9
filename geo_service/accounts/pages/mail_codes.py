"""Signing up, and in by a code: an address is proven by reading its mail."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import TheAddress, TheSecret
from geo_service.accounts.access.entering import CHALLENGE, enter
from geo_service.accounts.models import Purpose, Tongue
from geo_service.accounts.schemas import AskCodeForm, CodeForm, Onwards, SignUpForm
from geo_service.accounts.workflow import codes, limits
from geo_service.accounts.workflow.passwords import hash_of
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.web.cookies import cookie, keep
from geo_service.web.csrf import proven
from geo_service.web.forms import Sent, blank, filled
from geo_service.web.i18n import language_of
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

Proven = Depends(proven)


def waiting_for(request: Request, challenge: str, path: str) -> Response:
    """On to the page for the digits; this browser alone can use them."""
    answer = led(request, path)
    seconds = int(codes.GOOD_FOR.total_seconds())
    keep(request, answer, CHALLENGE, challenge, max_age_s=seconds)
    return answer


def _enter_at(onwards: str) -> str:
    return f"/login/code/enter?{urlencode({'next': onwards})}" if onwards else "/login/code/enter"


@router.get("/signup")
def signup_page(request: Request, next: Annotated[Onwards, Query()] = "") -> Response:  # noqa: A002
    """Somebody new."""
    return page(request, "accounts/signup.html", form=blank(SignUpForm, next=next))


@router.post("/signup", dependencies=[Proven])
def signup(
    request: Request, sent: Sent, session: DbSession, secret: TheSecret, address: TheAddress
) -> Response:
    """Send a code; the account is made when it comes back, and no sooner."""
    at, form = now(), filled(SignUpForm, sent)
    if wish := form.value:
        _count_letter(session, secret, wish.email, address)
        with form.attempt(session):
            chosen = wish.password.get_secret_value() if wish.password else None
            challenge = codes.ask_to_come_in(
                session,
                secret,
                wish.email,
                tongue=Tongue(language_of(request).value),
                name=wish.name,
                password_hash=hash_of(chosen, email=wish.email) if chosen else None,
                at=at,
            )
            return waiting_for(request, challenge, _enter_at(wish.next))
    return page(request, "accounts/signup.html", status=form.status, form=form)


@router.get("/login/code")
def ask_page(request: Request, next: Annotated[Onwards, Query()] = "") -> Response:  # noqa: A002
    """Where to send a code."""
    return page(request, "accounts/code_ask.html", form=blank(AskCodeForm, next=next))


@router.post("/login/code", dependencies=[Proven])
def ask(
    request: Request, sent: Sent, session: DbSession, secret: TheSecret, address: TheAddress
) -> Response:
    """Send a code."""
    form = filled(AskCodeForm, sent)
    if wish := form.value:
        _count_letter(session, secret, wish.email, address)
        tongue = Tongue(language_of(request).value)
        challenge = codes.ask_to_come_in(session, secret, wish.email, tongue=tongue, at=now())
        return waiting_for(request, challenge, _enter_at(wish.next))
    return page(request, "accounts/code_ask.html", status=form.status, form=form)


@router.get("/login/code/enter")
def enter_page(
    request: Request,
    session: ReadSession,
    next: Annotated[Onwards, Query()] = "",  # noqa: A002
) -> Response:
    """Type the digits."""
    waiting = codes.the_waiting(session, cookie(request, CHALLENGE) or "", at=now())
    if waiting is None:
        return led(request, "/login/code")
    form = blank(CodeForm, next=next)
    return page(request, "accounts/code.html", form=form, sent_to=waiting.email)


@router.post("/login/code/enter", dependencies=[Proven])
def enter_code(
    request: Request, sent: Sent, session: DbSession, secret: TheSecret, address: TheAddress
) -> Response:
    """In by a code."""
    at, form, challenge = now(), filled(CodeForm, sent), cookie(request, CHALLENGE) or ""
    waiting = codes.the_waiting(session, challenge, at=at)
    sent_to = waiting.email if waiting else ""
    if wish := form.value:
        limits.count(session, secret, (limits.CODES_FROM, address), at=at)
        found = codes.answer(session, secret, challenge, wish.code, at=at)
        if isinstance(found, BadField):
            form.refused(found)
        elif found.purpose is not Purpose.COME_IN:
            form.refused(codes.CodeIsWorthless())
        else:
            with form.attempt(session):
                person = codes.come_in(session, found, at=at)
                return enter(request, session, person, wish.next, at=at)
    return page(request, "accounts/code.html", status=form.status, form=form, sent_to=sent_to)


def _count_letter(session: DbSession, secret: TheSecret, email: str, address: str) -> None:
    limits.count(
        session,
        secret,
        (limits.LETTERS_TO, email),
        (limits.LETTERS_FROM, address),
        at=now(),
    )
