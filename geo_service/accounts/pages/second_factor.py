"""Turning the second step of signing in on and off."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import FreshBrowser, FreshChangingBrowser, TheSecret
from geo_service.accounts.access.entering import renew
from geo_service.accounts.models import Person
from geo_service.accounts.queries import recovery_codes_of, the_second_factor_of
from geo_service.accounts.schemas import CodeForm
from geo_service.accounts.workflow import limits, second_factor
from geo_service.accounts.workflow.secret import Secret
from geo_service.clock import now
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.qr import qr_picture
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/my/account/second-factor", default_response_class=HTMLResponse, include_in_schema=False
)


def _page(
    request: Request, session: Session, secret: Secret, person: Person, form: Filled[CodeForm]
) -> Response:
    factor = session.scalar(the_second_factor_of(person.id))
    is_on = factor is not None and factor.confirmed_at is not None
    is_proposed = factor is not None and not is_on
    spare = len(session.scalars(recovery_codes_of(person.id)).all())
    answer = page(
        request,
        "accounts/second_factor.html",
        status=form.status,
        form=form,
        factor=factor,
        is_on=is_on,
        spare=spare,
        picture=qr_picture(second_factor.address_of(secret, person, factor))
        if factor and is_proposed
        else "",
        letters=second_factor.letters_of(secret, factor) if factor and is_proposed else "",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("")
def second_factor_page(
    request: Request, browser: FreshBrowser, session: ReadSession, secret: TheSecret
) -> Response:
    """Whether it is on, and how to go on."""
    return _page(request, session, secret, browser.person, blank(CodeForm))


@router.post("")
def begin(
    request: Request, browser: FreshChangingBrowser, session: DbSession, secret: TheSecret
) -> Response:
    """Make up a secret to share with the telephone."""
    second_factor.propose(session, secret, browser.person)
    return led(request, "/my/account/second-factor")


@router.post("/confirm")
def confirm(
    request: Request,
    sent: Sent,
    browser: FreshChangingBrowser,
    session: DbSession,
    secret: TheSecret,
) -> Response:
    """Turn it on with a first code. The spare codes are on this one page and on no other."""
    at, form, person = now(), filled(CodeForm, sent), browser.person
    if wish := form.value:
        limits.count(session, secret, (limits.FACTORS_OF, person.id.hex), at=at)
        with form.attempt(session):
            spare = second_factor.confirm(session, secret, person, wish.code, at=at)
            answer = page(request, "accounts/spare_codes.html", codes=spare)
            answer.headers["Cache-Control"] = "no-store"
            renew(request, answer, session, person, at=at)
            return answer
    return _page(request, session, secret, person, form)


@router.post("/off")
def turn_off(
    request: Request,
    sent: Sent,
    browser: FreshChangingBrowser,
    session: DbSession,
    secret: TheSecret,
) -> Response:
    """Turn it off with a last code."""
    at, form, person = now(), filled(CodeForm, sent), browser.person
    if wish := form.value:
        limits.count(session, secret, (limits.FACTORS_OF, person.id.hex), at=at)
        if second_factor.passes(session, secret, person, wish.code, at=at):
            second_factor.turn_off(session, person)
            return led(request, "/my/account", "accounts.factor_off")
        form.refused(second_factor.FactorIsWrong())
    return _page(request, session, secret, person, form)
