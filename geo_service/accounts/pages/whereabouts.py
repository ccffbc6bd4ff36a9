"""Home, kept roughly, and the badge of a neighbour; both by standing there with one's telephone."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn
from geo_service.accounts.models import Person
from geo_service.accounts.queries import in_full
from geo_service.accounts.schemas import HereForm
from geo_service.accounts.workflow.profile import be_neighbour, be_no_neighbour, live_at
from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


def _page(
    request: Request, template: str, session: Session, person: Person, form: Filled[HereForm]
) -> Response:
    """Without what was sent: where somebody is does not come back, not even to themselves."""
    told = session.scalars(in_full(person.id)).one()
    return page(
        request, f"accounts/{template}.html", status=form.status, form=form, person=told, at=now()
    )


@router.get("/my/account/home")
def home_page(request: Request, person: SignedIn, session: ReadSession) -> Response:
    """Whether a home is kept, and which dong it is in."""
    return _page(request, "home", session, person, blank(HereForm))


@router.post("/my/account/home")
def set_home(request: Request, sent: Sent, person: Acting, session: DbSession) -> Response:
    """Here I live."""
    form = filled(HereForm, sent)
    if here := form.value:
        with form.attempt(session):
            live_at(session, person, Place(here.lat, here.lng))
            return led(request, "/my/account", "accounts.home_kept")
    return _page(request, "home", session, person, form)


@router.post("/my/account/home/forget")
def forget_home(request: Request, person: Acting, session: DbSession) -> Response:
    """Keep my home no longer."""
    live_at(session, person, None)
    return led(request, "/my/account", "accounts.home_forgotten")


@router.get("/my/account/neighbour")
def neighbour_page(request: Request, person: SignedIn, session: ReadSession) -> Response:
    """What the badge is, and since when one has it."""
    return _page(request, "neighbour", session, person, blank(HereForm))


@router.post("/my/account/neighbour")
def become_neighbour(request: Request, sent: Sent, person: Acting, session: DbSession) -> Response:
    """I am here right now."""
    form = filled(HereForm, sent)
    if here := form.value:
        with form.attempt(session):
            be_neighbour(session, person, Place(here.lat, here.lng), at=now())
            return led(request, "/my/account", "accounts.neighbour")
    return _page(request, "neighbour", session, person, form)


@router.post("/my/account/neighbour/forget")
def drop_badge(request: Request, person: Acting, session: DbSession) -> Response:
    """Give the badge back."""
    be_no_neighbour(person)
    session.flush()
    return led(request, "/my/account", "accounts.neighbour_forgotten")
