"""In by password, in by the second factor, and out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import TheAddress, TheSecret, Visitor
from geo_service.accounts.access.entering import back, enter, half_in, let_in
from geo_service.accounts.access.providers import TheProviders
from geo_service.accounts.schemas import CodeForm, ComeInForm, Onwards
from geo_service.accounts.workflow import limits, second_factor
from geo_service.accounts.workflow.browsers import close_browser
from geo_service.accounts.workflow.coming_in import whose_password
from geo_service.clock import now
from geo_service.web.cookies import forget_session, session_token
from geo_service.web.csrf import proven
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

Proven = Depends(proven)


@router.get("/login")
def login_page(
    request: Request,
    visitor: Visitor,
    providers: TheProviders,
    next: Annotated[Onwards, Query()] = "",  # noqa: A002 (as links call it)
) -> Response:
    """The ways in."""
    form = blank(ComeInForm, next=next)
    return _login(request, form, providers, again=visitor is not None)


def _login(
    request: Request, form: Filled[ComeInForm], providers: TheProviders, *, again: bool = False
) -> Response:
    return page(
        request,
        "accounts/login.html",
        status=form.status,
        form=form,
        onwards=form.given.get("next", [""])[-1:] or [""],
        providers=list(providers),
        again=again,
    )


@router.post("/login", dependencies=[Proven])
def login(
    request: Request,
    sent: Sent,
    session: DbSession,
    secret: TheSecret,
    address: TheAddress,
    providers: TheProviders,
) -> Response:
    """In by password."""
    at, form = now(), filled(ComeInForm, sent)
    if wish := form.value:
        limits.count(
            session,
            secret,
            (limits.PASSWORDS_HERE, f"{address} {wish.email}"),
            (limits.PASSWORDS_FOR, wish.email),
            (limits.PASSWORDS_FROM, address),
            at=at,
        )
        with form.attempt(session):
            person = whose_password(session, wish.email, wish.password.get_secret_value())
            return enter(request, session, person, wish.next, at=at)
    return _login(request, form, providers)


@router.get("/login/second")
def second_page(request: Request, session: ReadSession) -> Response:
    """The code of one's telephone."""
    if half_in(request, session, at=now()) is None:
        return led(request, "/login")
    return page(request, "accounts/second.html", form=blank(CodeForm))


@router.post("/login/second", dependencies=[Proven])
def second(request: Request, sent: Sent, session: DbSession, secret: TheSecret) -> Response:
    """In by the second factor, after the first proof."""
    at, form = now(), filled(CodeForm, sent)
    half = half_in(request, session, at=at)
    if half is None:
        return led(request, "/login")
    person, onwards = half
    if wish := form.value:
        limits.count(session, secret, (limits.FACTORS_OF, person.id.hex), at=at)
        if second_factor.passes(session, secret, person, wish.code, at=at):
            return let_in(request, session, person, onwards, at=at)
        form.refused(second_factor.FactorIsWrong())
    return page(request, "accounts/second.html", status=form.status, form=form)


@router.post("/logout", dependencies=[Proven])
def logout(request: Request, session: DbSession) -> Response:
    """Out of this browser; also for who is out already."""
    if token := session_token(request):
        close_browser(session, token)
    answer = back(request, "")
    forget_session(request, answer)
    return answer
