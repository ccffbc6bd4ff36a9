"""Propose a meeting: the form, its place on the map, how it will look, and send it."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.listings.access import MAP_PX, Placed, pin_picture, placed
from geo_service.meetings.schemas.forms import LENGTHS, MeetingForm
from geo_service.meetings.workflow.proposing import propose
from geo_service.offices.access.offices import NotYourOffice
from geo_service.offices.models import Office, Role
from geo_service.offices.queries import offices_in, posts_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

BEGINNING: dict[str, Any] = {"form": "meeting", "venue": "outdoors", "minutes": 90, "seats": 20}
"""What a new form proposes."""


@router.get("/meetings/new")
def new_page(request: Request, me: SignedIn, session: ReadSession) -> Response:
    """An empty form."""
    where = placed(session, FormData(), me.home)
    return _form_page(request, session, me, blank(MeetingForm, **BEGINNING), where)


@router.post("/meetings/new/check")
def check(request: Request, sent: Sent, me: Acting, session: DbSession) -> Response:
    """The form with its place found, or how it will look; nothing is kept."""
    where = placed(session, sent, me.home)
    form = filled(MeetingForm, where.sent)
    if form.value is not None and "check" in sent:
        return page(
            request,
            "meetings/check.html",
            form=form,
            told=form.value,
            offer=form.value.offer(),
            names=list(form.given),
        )
    if "check" not in sent:
        form.errors.clear()  # they are told when it is sent
        form.summary.clear()
    return _form_page(request, session, me, form, where)


@router.post("/meetings/new")
def send(request: Request, sent: Sent, me: Acting, session: DbSession, _once: Once) -> Response:
    """Propose it to the neighbours."""
    where = placed(session, sent, me.home)
    form = filled(MeetingForm, where.sent)
    if told := form.value:
        with form.attempt(session):
            office = _office(session, me, told)
            meeting = propose(session, told.offer(), by=me, office=office, at=now())
            return led(request, f"/meetings/{meeting.id}", "meetings.proposed")
    return _form_page(request, session, me, form, where)


def _office(session: Session, me: Person, told: MeetingForm) -> Office | None:
    """Raises: NotYourOffice."""
    if told.office_id is None:
        return None
    for office in _offices(session, me):
        if office.id == told.office_id:
            return office
    raise NotYourOffice


def _offices(session: Session, me: Person) -> list[Office]:
    """For which somebody may propose as an officer."""
    if not me.on_staff:
        return []
    posts = session.scalars(posts_of(me.id))
    ids = {post.office_id for post in posts if post.role is Role.OFFICER}
    return list(session.scalars(offices_in(ids)))


def _form_page(
    request: Request, session: Session, me: Person, form: Filled[MeetingForm], where: Placed
) -> Response:
    return page(
        request,
        "meetings/new.html",
        status=form.status,
        form=form,
        where=where,
        px=MAP_PX,
        picture=pin_picture(request, session, where.pin),
        lengths=LENGTHS,
        offices=_offices(session, me),
    )
