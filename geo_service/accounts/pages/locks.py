"""Password and address: changed soon after signing in, and told to the owner by mail."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service import mail
from geo_service.accounts import letters
from geo_service.accounts.access import FreshBrowser, FreshChangingBrowser, TheAddress, TheSecret
from geo_service.accounts.access.entering import CHALLENGE, renew
from geo_service.accounts.models import Person
from geo_service.accounts.pages.mail_codes import waiting_for
from geo_service.accounts.schemas import CodeForm, EmailForm, PasswordForm
from geo_service.accounts.workflow import codes, limits
from geo_service.accounts.workflow.browsers import close_all
from geo_service.accounts.workflow.profile import choose_password
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.web.cookies import cookie, forget
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.notes import leave
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


def _password(request: Request, form: Filled[PasswordForm], person: Person) -> Response:
    has_one = person.password_hash is not None
    return page(request, "accounts/password.html", status=form.status, form=form, has_one=has_one)


@router.get("/my/account/password")
def password_page(request: Request, browser: FreshBrowser) -> Response:
    """Choose a password."""
    return _password(request, blank(PasswordForm), browser.person)


@router.post("/my/account/password")
def change_password(
    request: Request,
    sent: Sent,
    browser: FreshChangingBrowser,
    session: DbSession,
    secret: TheSecret,
) -> Response:
    """Change it, and sign out everywhere but here."""
    at, form, person = now(), filled(PasswordForm, sent), browser.person
    if wish := form.value:
        limits.count(session, secret, (limits.CHECKS_OF, person.id.hex), at=at)
        with form.attempt(session):
            present, new = wish.present.get_secret_value(), wish.new.get_secret_value()
            choose_password(person, present, new)
            close_all(session, person)
            _tell(session, person, "비밀번호가 바뀌었어요", "Your password was changed")
            answer = led(request, "/my/account")
            renew(request, answer, session, person, at=at)
            leave(answer, "accounts.password_changed")
            return answer
    return _password(request, form, person)


def _tell(session: Session, person: Person, korean: str, english: str) -> None:
    letter = letters.something_changed(korean, english, person.tongue)
    mail.send(session, to=person.email, letter=letter)


@router.get("/my/account/email")
def email_page(request: Request, browser: FreshBrowser) -> Response:
    """Choose another address."""
    return page(request, "accounts/email.html", form=blank(EmailForm), present=browser.person.email)


@router.post("/my/account/email")
def change_email(
    request: Request,
    sent: Sent,
    browser: FreshChangingBrowser,
    session: DbSession,
    secret: TheSecret,
    address: TheAddress,
) -> Response:
    """Send a code there; whether somebody else has that address shows only when it is proven."""
    at, form = now(), filled(EmailForm, sent)
    if wish := form.value:
        limits.count(
            session,
            secret,
            (limits.LETTERS_TO, wish.email),
            (limits.LETTERS_FROM, address),
            at=at,
        )
        challenge = codes.ask_to_move(session, secret, browser.person, wish.email, at=at)
        return waiting_for(request, challenge, "/my/account/email/code")
    return page(
        request,
        "accounts/email.html",
        status=form.status,
        form=form,
        present=browser.person.email,
    )


@router.get("/my/account/email/code")
def email_code_page(request: Request, browser: FreshBrowser, session: ReadSession) -> Response:
    """Type the digits that came to the new address."""
    waiting = codes.the_waiting(session, cookie(request, CHALLENGE) or "", at=now())
    if waiting is None or waiting.person_id != browser.person_id:
        return led(request, "/my/account/email")
    return page(request, "accounts/email_code.html", form=blank(CodeForm), sent_to=waiting.email)


@router.post("/my/account/email/code")
def confirm_email(
    request: Request,
    sent: Sent,
    browser: FreshChangingBrowser,
    session: DbSession,
    secret: TheSecret,
) -> Response:
    """Move there, and tell the old address."""
    at, form, person = now(), filled(CodeForm, sent), browser.person
    challenge = cookie(request, CHALLENGE) or ""
    waiting = codes.the_waiting(session, challenge, at=at)
    sent_to = waiting.email if waiting else ""
    if wish := form.value:
        limits.count(session, secret, (limits.CODES_FROM, person.id.hex), at=at)
        found = codes.answer(session, secret, challenge, wish.code, at=at)
        if isinstance(found, BadField):
            form.refused(found)
        else:
            with form.attempt(session):
                _tell(session, person, "이메일 주소가 바뀌었어요", "Your address was changed")
                codes.move(session, person, found, at=at)
                answer = led(request, "/my/account")
                forget(request, answer, CHALLENGE)
                leave(answer, "accounts.email_changed")
                return answer
    return page(request, "accounts/email_code.html", status=form.status, form=form, sent_to=sent_to)
