"""In through an account elsewhere.

The provider sends the browser back by GET, and a GET changes nothing here: it shows a page whose
form brings the provider's answer by POST, by itself where scripts run.
"""

from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from geo_service.accounts.access import FreshChangingBrowser, SignInAgain
from geo_service.accounts.access.browser import STILL_FRESH
from geo_service.accounts.access.entering import WAY, enter
from geo_service.accounts.access.provider import ProviderRefused
from geo_service.accounts.access.providers import TheProviders
from geo_service.accounts.access.secret import keep_note, note
from geo_service.accounts.models import Person, Tongue
from geo_service.accounts.queries import the_sign_in_of
from geo_service.accounts.schemas import Onwards, ProviderForm
from geo_service.accounts.workflow import identities
from geo_service.accounts.workflow.codes import GOOD_FOR
from geo_service.accounts.workflow.identities import Vouched
from geo_service.clock import now
from geo_service.web.cookies import forget, session_token
from geo_service.web.csrf import proven
from geo_service.web.forms import Sent, filled
from geo_service.web.i18n import language_of
from geo_service.web.notes import leave
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

LINK = "link"
"""Where a link was asked for, the word for it stands in the note."""


def _come_back_to(request: Request, provider: str) -> str:
    return f"{str(request.base_url).rstrip('/')}/login/with/{provider}/back"


@router.get("/login/with/{provider}")
def go_there(
    request: Request,
    provider: str,
    providers: TheProviders,
    next: Annotated[Onwards, Query()] = "",  # noqa: A002
    link: Annotated[bool, Query()] = False,  # noqa: FBT002 (a link says it)
) -> Response:
    """Off to the provider, with a note about what must come back."""
    made = providers.way(provider).there(_come_back_to(request, provider))
    answer = RedirectResponse(made.pop("url"), status_code=303)
    answer.headers["Cache-Control"] = "no-store"
    said = made | {"provider": provider, "next": next, "home": language_of(request).prefix}
    keep_note(
        request, answer, WAY, said | ({LINK: "yes"} if link else {}), at=now(), good_for=GOOD_FOR
    )
    return answer


@router.get("/login/with/{provider}/back")
def come_back(
    request: Request,
    provider: str,
    providers: TheProviders,
    code: Annotated[str, Query(max_length=2000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What the provider answered, to be sent on."""
    named = providers.way(provider).provider
    if not code:
        raise ProviderRefused
    return page(
        request, "accounts/provider.html", provider=named, given={"code": code, "state": state}
    )


def _vouched(
    request: Request, provider: str, sent: Sent, providers: TheProviders
) -> tuple[Vouched, dict[str, str]]:
    """Asked before a transaction begins: the provider may take its time."""
    kept, answer = note(request, WAY, at=now()), filled(ProviderForm, sent).value
    if (
        kept is None
        or answer is None
        or kept["provider"] != provider
        or not compare_digest(kept["state"].encode(), answer.state.encode())
    ):
        raise ProviderRefused
    way = providers.way(provider)
    return way.vouched(_come_back_to(request, provider), answer.code, kept), kept


TheVouched = Annotated[tuple[Vouched, dict[str, str]], Depends(_vouched)]


@router.post("/login/with/{provider}", dependencies=[Depends(proven)])
def come_in(request: Request, vouched: TheVouched, session: DbSession) -> Response:
    """In as whoever the provider vouches for, or one more way in for who is in already."""
    (who, kept), at = vouched, now()
    if LINK in kept:
        identities.link(session, _signed_in(request, session), who, at=at)
        answer: Response = led(request, "/my/account")
        leave(answer, "accounts.linked")
    else:
        tongue = Tongue.EN if kept["home"] else Tongue.KO
        person = identities.whoever(session, who, tongue=tongue, at=at)
        answer = enter(request, session, person, kept["next"] or f"{kept['home']}/", at=at)
    forget(request, answer, WAY)
    return answer


def _signed_in(request: Request, session: DbSession) -> Person:
    """Whoever asked for the link, and still is in: a new way in is as good as a password.

    Raises: ProviderRefused, SignInAgain.
    """
    token = session_token(request)
    sign_in = session.scalar(the_sign_in_of(token), {"at": now()}) if token else None
    if sign_in is None:
        raise ProviderRefused
    if sign_in.signed_in_at < now() - STILL_FRESH:
        raise SignInAgain
    return sign_in.person


@router.post("/my/account/elsewhere/{provider}/unlink")
def unlink(
    request: Request, provider: str, browser: FreshChangingBrowser, session: DbSession
) -> Response:
    """Sign in that way no longer."""
    identities.unlink(session, browser.person, provider)
    return led(request, "/my/account", "accounts.unlinked")
