"""What an officer does to a job by pressing one button."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.errors import Problem
from geo_service.jobs import workflow
from geo_service.jobs.access import HeldJob
from geo_service.jobs.models import Job
from geo_service.jobs.pages.desk import job_view
from geo_service.jobs.schemas.forms import PublishForm
from geo_service.offices.access import ActingDesk
from geo_service.web.forms import Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.session import DbSession

router = APIRouter(
    prefix="/office/jobs/{job_id:uuid}",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


@router.post("/publish")
def publish(
    request: Request, sent: Sent, job: HeldJob, session: DbSession, _once: Once
) -> Response:
    """Let everybody find it, now or from a moment on."""
    form = filled(PublishForm, sent)
    if form.value is None:
        return job_view(request, job, form)
    on, at = form.value.on, now()
    note = "scheduled" if on is not None and on > at else "published"
    return _answer(request, job, note, lambda: workflow.publish(session, job, at=at, on=on))


@router.post("/unpublish")
def unpublish(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Make it a draft again."""
    return _answer(
        request, job, "jobs.unpublished", lambda: workflow.unpublish(session, job, at=now())
    )


@router.post("/close")
def close(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Take no more applications."""
    return _answer(request, job, "closed", lambda: workflow.close(session, job, at=now()))


@router.post("/reopen")
def reopen(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Take applications again."""
    return _answer(request, job, "reopened", lambda: workflow.reopen(session, job, at=now()))


@router.post("/done")
def mark_done(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Say that all is settled."""
    return _answer(request, job, "done", lambda: workflow.mark_done(session, job, at=now()))


@router.post("/take-up-again")
def take_up_again(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Take that back."""
    return _answer(
        request, job, "jobs.taken_up", lambda: workflow.take_up_again(session, job, at=now())
    )


@router.post("/remove")
def remove(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Throw a draft away."""
    return _answer(request, job, "removed", lambda: workflow.remove(session, job, at=now()))


@router.post("/restore")
def restore(request: Request, job: HeldJob, session: DbSession, _once: Once) -> Response:
    """Have it back."""
    return _answer(request, job, "restored", lambda: workflow.restore(session, job, at=now()))


@router.post("/copy")
def copy(
    request: Request, job: HeldJob, desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Make a draft that says the same, and let its days be written."""
    twin = workflow.copy(session, job, by=desk.person.id)
    return led(request, f"/office/jobs/{twin.id}/edit", "jobs.copied")


def _answer(request: Request, job: Job, note: str, deed: Callable[[], None]) -> Response:
    """Do it and show the job; where it is refused, the same page says why. Nothing was changed."""
    try:
        deed()
    except Problem as refused:
        return job_view(request, job, blank(PublishForm), refused)
    return led(request, f"/office/jobs/{job.id}", f"jobs.{note}")
