"""An office tells of itself, and says who works there."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.access.entering import renew
from geo_service.clock import now
from geo_service.offices.access import Desk, OurOffice, TheOffice
from geo_service.offices.models import Office, OfficeKind, Role
from geo_service.offices.queries import invitations_of, offices_in, staff_of
from geo_service.offices.schemas import InvitationForm, OfficeForm, WordForm
from geo_service.offices.workflow.facts import Facts, correct
from geo_service.offices.workflow.staffing import (
    accept,
    dismiss,
    invite,
    the_invitation,
    withdraw_invitation,
)
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)


@router.get("/office/settings")
def settings_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """The offices where one works."""
    offices = session.scalars(offices_in(desk.offices)).all()
    operated = {post.office_id for post in desk.posts if post.role is Role.OPERATOR}
    return page(request, "offices/offices.html", offices=offices, operated=operated)


def _facts_page(request: Request, office: Office, form: Filled[OfficeForm]) -> HTMLResponse:
    return page(
        request,
        "offices/facts.html",
        status=form.status,
        office=office,
        form=form,
        kinds=list(OfficeKind),
    )


@router.get("/office/settings/{office_id:uuid}")
def facts_page(request: Request, office: TheOffice) -> HTMLResponse:
    """What an office tells of itself, to correct it."""
    return _facts_page(request, office, editing(OfficeForm, of=office))


@router.post("/office/settings/{office_id:uuid}")
def correct_facts(
    request: Request, office: OurOffice, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Tell other facts."""
    session.refresh(office, with_for_update={"of": Office})
    form = edited(OfficeForm, sent, of=office)
    if form.value is not None:
        with form.attempt(session):
            correct(session, office, Facts(**form.value.model_dump(), place=office.place))
            return led(request, f"/office/settings/{office.id}", "offices.corrected")
    return _facts_page(request, office, form)


def _staff_page(
    request: Request, session: Session, office: Office, form: Filled[InvitationForm]
) -> HTMLResponse:
    """A deed that was refused is told above the form; what was typed into it stays."""
    return page(
        request,
        "offices/staff.html",
        status=form.status,
        office=office,
        refused=form,
        form=Filled(InvitationForm, form.given) if form.summary else form,
        staff=session.scalars(staff_of(office.id)).all(),
        invitations=session.scalars(invitations_of(office.id)).all(),
        at=now(),
    )


@router.get("/office/settings/{office_id:uuid}/staff")
def staff_page(request: Request, office: TheOffice, session: ReadSession) -> HTMLResponse:
    """Who works there, who was invited, and a form to invite somebody."""
    return _staff_page(request, session, office, blank(InvitationForm, role=Role.OFFICER))


@router.post("/office/settings/{office_id:uuid}/staff")
def invite_staff(
    request: Request, office: OurOffice, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Offer a role by mail."""
    form = filled(InvitationForm, sent)
    if form.value is not None:
        with form.attempt(session):
            door = f"{request.base_url}join"
            invite(session, office, form.value.email, form.value.role, door=door, at=now())
            return led(request, f"/office/settings/{office.id}/staff", "offices.invited")
    return _staff_page(request, session, office, form)


@router.post("/office/settings/{office_id:uuid}/staff/{person_id:uuid}/{role}/dismissal")
def dismiss_staff(
    request: Request,
    office: OurOffice,
    person_id: UUID,
    role: Role,
    session: DbSession,
    _once: Once,
) -> Response:
    """Take a role away."""
    form = blank(InvitationForm, role=Role.OFFICER)
    with form.attempt(session):
        dismiss(session, office.id, person_id, role)
        return led(request, f"/office/settings/{office.id}/staff", "offices.dismissed")
    return _staff_page(request, session, office, form)


@router.post("/office/settings/{office_id:uuid}/invitations/{invitation_id:uuid}/withdrawal")
def withdraw_offer(
    request: Request, office: OurOffice, invitation_id: UUID, session: DbSession, _once: Once
) -> Response:
    """Take an offer back."""
    withdraw_invitation(session, office.id, invitation_id)
    return led(request, f"/office/settings/{office.id}/staff", "offices.withdrawn")


@router.get("/join")
def join_page(
    request: Request,
    _person: SignedIn,
    session: ReadSession,
    word: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """What the link in a letter offers."""
    offered = the_invitation(session, word, at=now())
    return page(request, "offices/join.html", offered=offered, form=blank(WordForm, word=word))


@router.post("/join")
def join(request: Request, person: Acting, sent: Sent, session: DbSession, _once: Once) -> Response:
    """Take the role that was offered."""
    form = filled(WordForm, sent)
    at = now()
    accept(session, form.value.word if form.value else "", person, at=at)
    answer = led(request, "/office", "offices.joined")
    session.flush()
    session.refresh(person)
    renew(request, answer, session, person, at=at)
    return answer
