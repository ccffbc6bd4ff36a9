"""One's own account on one page, and what one tells about oneself."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Acting, Browser, SignedIn
from geo_service.accounts.access.providers import TheProviders
from geo_service.accounts.queries import browsers_of, identities_of, in_full, tokens_of
from geo_service.accounts.schemas import ProfileForm
from geo_service.accounts.workflow.second_factor import is_asked_of
from geo_service.clock import now
from geo_service.web.forms import Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/my/account")
def account_page(
    request: Request, browser: Browser, session: ReadSession, providers: TheProviders
) -> Response:
    """Everything about the account, each with a way to change it."""
    at, person = now(), session.scalars(in_full(browser.person_id)).one()
    linked = {identity.provider for identity in session.scalars(identities_of(person.id))}
    return page(
        request,
        "accounts/account.html",
        person=person,
        at=at,
        here=browser,
        browsers=session.scalars(browsers_of(person.id), {"at": at}).all(),
        tokens=len(session.scalars(tokens_of(person.id)).all()),
        providers=list(providers),
        linked=linked,
        second_factor=is_asked_of(session, person),
    )


@router.get("/my/account/profile")
def profile_page(request: Request, person: SignedIn) -> Response:
    """What one is called, in which language, and how fast one walks."""
    return page(request, "accounts/profile.html", form=blank(ProfileForm, of=person))


@router.post("/my/account/profile")
def change_profile(request: Request, sent: Sent, person: Acting, session: DbSession) -> Response:
    """Change it."""
    form = filled(ProfileForm, sent)
    if told := form.value:
        person.name, person.phone = told.name, told.phone
        person.tongue, person.pace = told.tongue, told.pace
        session.flush()
        return led(request, "/my/account", "accounts.saved")
    return page(request, "accounts/profile.html", status=form.status, form=form)
