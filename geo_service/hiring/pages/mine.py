"""What one has applied for: how it stands, why, and what can still be done."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn, TheSecret
from geo_service.accounts.models import Person, Tongue
from geo_service.accounts.workflow import limits
from geo_service.clock import now
from geo_service.hiring.access import MyApplication, MyChangingApplication
from geo_service.hiring.letters import why
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hiring.queries import mine, the_shifts_of, waiting_before
from geo_service.hiring.schemas.forms import CodeForm
from geo_service.hiring.workflow.choosing import accept
from geo_service.hiring.workflow.standing import withdraw_until
from geo_service.hiring.workflow.withdrawing import withdraw
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.workflow.codes import CODES_OF, attend_by_code, attendance_time
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.i18n import language_of
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/my/applications",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


@router.get("")
def applications_page(request: Request, me: SignedIn, session: ReadSession) -> Response:
    """All of them, the latest first."""
    found = session.scalars(mine(me.id)).all()
    return page(request, "hiring/mine.html", applications=found, me=me)


@router.get("/{application_id:uuid}")
def application_page(
    request: Request, application: MyApplication, me: SignedIn, session: ReadSession
) -> Response:
    """One of them."""
    return _view(request, session, application, me, blank(CodeForm))


@router.post("/{application_id:uuid}/withdraw")
def take_back(
    request: Request,
    application: MyChangingApplication,
    me: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """Say "I would rather not"."""
    form = blank(CodeForm)
    with form.attempt(session):
        withdraw(session, application, at=now())
        return led(request, f"/my/applications/{application.id}", "hiring.withdrawn")
    return _view(request, session, application, me, form)


@router.post("/{application_id:uuid}/accept")
def say_yes(
    request: Request,
    application: MyChangingApplication,
    me: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """Take the seat that is kept."""
    form = blank(CodeForm)
    with form.attempt(session):
        accept(session, application, at=now())
        return led(request, f"/my/applications/{application.id}", "hiring.accepted")
    return _view(request, session, application, me, form)


@router.post("/{application_id:uuid}/attend")
def say_here(
    request: Request,
    sent: Sent,
    application: MyChangingApplication,
    me: Acting,
    session: DbSession,
    secret: TheSecret,
    _once: Once,
) -> Response:
    """Say "here I am" with the code that hangs at the place."""
    at, form = now(), filled(CodeForm, sent)
    shift = _today(session, application, me)
    if form.value and shift is not None:
        limits.count(session, secret, (CODES_OF, me.id.hex), at=at)
        with form.attempt(session):
            attend_by_code(session, secret, shift, form.value.code, at=at)
            return led(request, f"/my/applications/{application.id}", "hiring.attended")
    return _view(request, session, application, me, form)


def _today(session: Session, application: Application, me: Person) -> Shift | None:
    """The shift for which a code is taken now, of whoever works it."""
    if application.person_id != me.id:
        return None
    for shift in session.scalars(the_shifts_of(application)):
        begins_at, ends_at = attendance_time(shift)
        if shift.state is ShiftState.PLANNED and begins_at <= now() < ends_at:
            return shift
    return None


def _view(
    request: Request, session: Session, application: Application, me: Person, form: Filled[Any]
) -> Response:
    session.refresh(application) if form.is_refused else None
    at, until = now(), withdraw_until(application.job)
    is_hired = application.state is ApplicationState.HIRED
    is_waiting = application.state is ApplicationState.WAITING
    return page(
        request,
        "hiring/application.html",
        status=form.status if form.is_refused else HTTPStatus.OK,
        form=form,
        application=application,
        job=application.job,
        me=me,
        why=why(application, Tongue(language_of(request).value)),
        ahead=session.scalar(waiting_before(application)) if is_waiting else None,
        shifts=session.scalars(the_shifts_of(application)).all(),
        today=_today(session, application, me),
        until=until if is_hired else None,
        may_withdraw=application.state.is_open
        or (is_hired and application.stage.value == "hired" and (until is None or at < until)),
    )
