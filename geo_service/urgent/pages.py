"""Urgent calls on the screen."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.jobs.access import HeldJob, OfficeJob
from geo_service.jobs.models import Job
from geo_service.offices.access import ActingDesk
from geo_service.urgent.access import AnsweredCall, ShownCall
from geo_service.urgent.models import RINGS_M, Asked, Availability, Call
from geo_service.urgent.queries import asked_of
from geo_service.urgent.schemas import BLOCKS, CallForm, FreeForm, span_of
from geo_service.urgent.workflow.answering import accept, be_free, refuse
from geo_service.urgent.workflow.calling import open_call, stop
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)


@router.get("/my/calls")
def calls_page(request: Request, person: SignedIn, session: ReadSession) -> HTMLResponse:
    """What one is asked for now, and the hours in which one may be asked."""
    known = session.get(Availability, person.id)
    spans = [(span.lower or 0, span.upper or 0) for span in known.week] if known else []
    free = {
        block
        for block in (f"{day}-{part}" for day in range(7) for part in BLOCKS)
        if any(
            opens <= span_of(block)[0] and span_of(block)[1] <= closes for opens, closes in spans
        )
    }
    return page(
        request,
        "urgent/calls.html",
        asked=session.scalars(asked_of(person.id, at=now())).all(),
        free=free,
        parts=BLOCKS,
        form=blank(FreeForm),
        has_home=person.home is not None,
    )


@router.post("/my/calls")
def say_when_free(
    request: Request, person: Acting, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Say in which hours one may be asked."""
    form = filled(FreeForm, sent)
    blocks = form.value.block if form.value else []
    be_free(session, person, [span_of(block) for block in blocks])
    return led(request, "/my/calls", "urgent.free" if blocks else "urgent.unasked")


def _call_page(request: Request, asked: Asked, form: Filled[FreeForm]) -> HTMLResponse:
    call = asked.call
    return page(
        request, "urgent/call.html", status=form.status, asked=asked, call=call, form=form, at=now()
    )


@router.get("/my/calls/{call_id:uuid}")
def call_page(request: Request, asked: ShownCall) -> HTMLResponse:
    """One job that needs somebody now."""
    return _call_page(request, asked, blank(FreeForm))


@router.post("/my/calls/{call_id:uuid}/acceptance")
def accept_call(
    request: Request, asked: AnsweredCall, person: Acting, session: DbSession, _once: Once
) -> Response:
    """Take the seat, if nobody was faster."""
    form = blank(FreeForm)
    with form.attempt(session):
        application = accept(session, asked, session.get_one(Person, person.id), at=now())
        return led(request, f"/my/applications/{application.id}", "urgent.accepted")
    return _call_page(request, asked, form)


@router.post("/my/calls/{call_id:uuid}/refusal")
def refuse_call(request: Request, asked: AnsweredCall, session: DbSession, _once: Once) -> Response:
    """Say no."""
    refuse(session, asked)
    return led(request, "/my/calls", "urgent.refused")


def _office_page(
    request: Request, session: Session, job: Job, form: Filled[CallForm]
) -> HTMLResponse:
    return page(
        request,
        "urgent/office.html",
        status=form.status,
        job=job,
        call=session.get(Call, job.id),
        rings=RINGS_M,
        form=form,
    )


@router.get("/office/jobs/{job_id:uuid}/call")
def office_call_page(request: Request, job: OfficeJob, session: ReadSession) -> HTMLResponse:
    """Call for help, and see how far it has come."""
    soon = now() + timedelta(hours=2)
    return _office_page(request, session, job, blank(CallForm, needed_at=soon))


@router.post("/office/jobs/{job_id:uuid}/call")
def call_for_help(
    request: Request, job: HeldJob, desk: ActingDesk, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Ask people near the place, ring by ring."""
    form = filled(CallForm, sent)
    if form.value is not None:
        door, by_id = f"{request.base_url}my/calls", desk.person.id
        with form.attempt(session):
            needed_at = form.value.needed_at
            open_call(session, job, needed_at=needed_at, door=door, by_id=by_id, at=now())
            return led(request, f"/office/jobs/{job.id}/call", "urgent.ringing")
    return _office_page(request, session, job, form)


@router.post("/office/jobs/{job_id:uuid}/call/end")
def stop_call(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Ask nobody any more."""
    form = blank(CallForm)
    with form.attempt(session):
        stop(session, job)
        return led(request, f"/office/jobs/{job.id}/call", "urgent.stopped")
    return _office_page(request, session, job, form)
