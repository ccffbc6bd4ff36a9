"""What an officer decides: by the rule for all, or by hand for one."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.hiring.access import DecidingApplication
from geo_service.hiring.models import Application
from geo_service.hiring.pages.desk import list_view, one_view
from geo_service.hiring.schemas.forms import DeclineForm
from geo_service.hiring.workflow.choosing import decline, hire, offer
from geo_service.hiring.workflow.deciding import decide
from geo_service.jobs.access import HeldJob
from geo_service.offices.access import ActingDesk
from geo_service.web.forms import Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.session import DbSession

router = APIRouter(
    prefix="/office",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


@router.post("/jobs/{job_id:uuid}/decide")
def decide_by_rule(
    request: Request, job: HeldJob, desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Hire as many as there are seats, by the rule that was published."""
    form = blank(DeclineForm)
    with form.attempt(session):
        decide(session, job, at=now(), by_id=desk.person.id)
        return led(request, f"/office/jobs/{job.id}/applications", "hiring.decided")
    session.refresh(job)
    return list_view(request, session, job, form)


@router.post("/applications/{application_id:uuid}/hire")
def hire_one(
    request: Request,
    application: DecidingApplication,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """Give them a seat."""
    form = blank(DeclineForm)
    with form.attempt(session):
        hire(session, application, at=now(), by_id=desk.person.id)
        return led(request, _list(application), "hiring.hired")
    session.refresh(application)
    return one_view(request, session, application, form)


@router.post("/applications/{application_id:uuid}/offer")
def offer_one(
    request: Request,
    application: DecidingApplication,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """Keep a seat for them, and ask."""
    form = blank(DeclineForm)
    with form.attempt(session):
        offer(session, application, at=now(), by_id=desk.person.id)
        return led(request, _list(application), "hiring.offered")
    session.refresh(application)
    return one_view(request, session, application, form)


@router.post("/applications/{application_id:uuid}/decline")
def decline_one(
    request: Request,
    sent: Sent,
    application: DecidingApplication,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """Say no, and why."""
    form = filled(DeclineForm, sent)
    if form.value is not None:
        with form.attempt(session):
            words = form.value.words
            decline(session, application, words=words, by_id=desk.person.id, at=now())
            return led(
                request, f"/office/jobs/{application.job_id}/applications", "hiring.declined"
            )
        session.refresh(application)
    return one_view(request, session, application, form)


def _list(application: Application) -> str:
    """Where all who applied for the same job stand."""
    return f"/office/jobs/{application.job_id}/applications"
