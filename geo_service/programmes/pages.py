"""Budgets as an office keeps them: what there is, what is promised, what is left."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import KOREA, now
from geo_service.offices.access import ActingDesk, Desk, the_office
from geo_service.offices.models import Office
from geo_service.offices.queries import offices_in
from geo_service.programmes.access import HeldProgramme, OurProgramme
from geo_service.programmes.models import Programme
from geo_service.programmes.queries import programmes_of, workers_of
from geo_service.programmes.schemas.forms import NewProgrammeForm, ProgrammeForm, Shown
from geo_service.programmes.workflow.setting_up import change, close, set_up
from geo_service.programmes.workflow.wages import highest_wage
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)


@router.get("/office/budget")
def budget_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """All programmes of one's offices, with their money."""
    return page(
        request,
        "programmes/budget.html",
        programmes=session.scalars(programmes_of(desk.offices)).all(),
        several=len(desk.offices) > 1,
        today=now().astimezone(KOREA).date(),
    )


def _new_page(
    request: Request, offices: Sequence[Office], form: Filled[NewProgrammeForm]
) -> HTMLResponse:
    today = now().astimezone(KOREA).date()
    return page(
        request,
        "programmes/new.html",
        status=form.status,
        form=form,
        offices=offices,
        wage=highest_wage(today, today),
    )


def _offices(session: Session, desk: Desk) -> Sequence[Office]:
    return session.scalars(offices_in(desk.offices)).all()


@router.get("/office/budget/new")
def new_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """What an officer decides about a new programme."""
    today = now().astimezone(KOREA).date()
    form = blank(NewProgrammeForm, valid_from=today, valid_until=today.replace(month=12, day=31))
    return _new_page(request, _offices(session, desk), form)


@router.post("/office/budget/new")
def set_up_programme(
    request: Request, desk: ActingDesk, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Set it up."""
    form = filled(NewProgrammeForm, sent)
    if form.value is not None:
        with form.attempt(session):
            office = the_office(session, desk, form.value.office_id)
            programme = set_up(session, office.id, form.value.terms())
            return led(request, f"/office/budget/{programme.id}", "programmes.set_up")
    return _new_page(request, _offices(session, desk), form)


def _programme_page(
    request: Request, session: Session, programme: Programme, form: Filled[ProgrammeForm]
) -> HTMLResponse:
    return page(
        request,
        "programmes/programme.html",
        status=form.status,
        programme=programme,
        workers=session.scalars(workers_of(programme.id)).all(),
        form=form,
        wage=highest_wage(programme.valid_from, programme.valid_until),
        today=now().astimezone(KOREA).date(),
    )


@router.get("/office/budget/{programme_id:uuid}")
def programme_page(request: Request, programme: OurProgramme, session: ReadSession) -> HTMLResponse:
    """One programme: its money, who worked how much, and its terms to change."""
    form = editing(ProgrammeForm, of=Shown(programme))
    return _programme_page(request, session, programme, form)


@router.post("/office/budget/{programme_id:uuid}")
def change_programme(
    request: Request, programme: HeldProgramme, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Give it other terms."""
    form = edited(ProgrammeForm, sent, of=Shown(programme))
    if form.value is not None:
        with form.attempt(session):
            change(session, programme, form.value.terms())
            return led(request, f"/office/budget/{programme.id}", "programmes.changed")
    return _programme_page(request, session, programme, form)


@router.post("/office/budget/{programme_id:uuid}/closing")
def close_programme(
    request: Request, programme: HeldProgramme, session: DbSession, _once: Once
) -> Response:
    """Plan nothing more from it."""
    form = editing(ProgrammeForm, of=Shown(programme))
    with form.attempt(session):
        close(session, programme, at=now())
        return led(request, f"/office/budget/{programme.id}", "programmes.closed")
    return _programme_page(request, session, programme, form)
