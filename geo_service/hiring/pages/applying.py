"""Applying in under a minute: for whom, where to call, the job's questions, one look, sent."""

from typing import Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.errors import Conflict
from geo_service.hiring.access import AskedJob, StepJob, Writer
from geo_service.hiring.models import Application, ApplicationState, Way
from geo_service.hiring.pages.similar import nearest_other
from geo_service.hiring.pages.steps import CHECK, WHOM, WORKER, Steps
from geo_service.hiring.queries import mine, the_application_of, the_draft
from geo_service.hiring.schemas.forms import CheckForm
from geo_service.hiring.workflow import drafts
from geo_service.hiring.workflow.applying import Behalf, apply
from geo_service.hiring.workflow.standing import must_take_applications
from geo_service.hiring.workflow.workers import worker_in_the_family
from geo_service.jobs.access import TheJob
from geo_service.jobs.models import Job
from geo_service.web.cookies import cookie, keep
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.i18n import language_of
from geo_service.web.idempotency import OnceRoute
from geo_service.web.problems import SIGN_IN
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/apply",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)

DRAFT = "draft"
"""The cookie with which a browser goes on writing when its session has ended."""

Middle = Literal["worker", "contact", "questions"]


@router.get("/{job_id:uuid}")
def whom_page(request: Request, me: SignedIn, job: TheJob, session: ReadSession) -> Response:
    """The first question: who is going to work."""
    return _ask(request, session, _steps(session, job, me), WHOM)


@router.post("/{job_id:uuid}")
def whom(
    request: Request, sent: Sent, job: StepJob, writer: Writer, session: DbSession
) -> Response:
    """Keep that, and go on."""
    return _keep(request, session, job, writer, sent, WHOM)


@router.get("/{job_id:uuid}/check")
def check_page(request: Request, me: SignedIn, job: TheJob, session: ReadSession) -> Response:
    """All that will be sent."""
    return _check(request, session, _steps(session, job, me), blank(CheckForm))


@router.post("/{job_id:uuid}/check")
def send(request: Request, me: Acting, job: AskedJob, session: DbSession, _once: Once) -> Response:
    """Send it."""
    steps, form = _steps(session, job, me), blank(CheckForm)
    if steps.incomplete is None:
        with form.attempt(session):
            _send(session, steps)
            drafts.forget(session, me.id, job.id)
            return _onwards(request, job, "done")
    return _check(request, session, steps, form)


@router.get("/{job_id:uuid}/done")
def done_page(request: Request, me: SignedIn, job: TheJob, session: ReadSession) -> Response:
    """Its number, and what happens next."""
    latest = mine(me.id).where(Application.job_id == job.id).limit(1)
    application = session.scalar(latest)
    if application is None:
        return _onwards(request, job, "")
    return page(request, "hiring/done.html", job=job, application=application, me=me)


@router.get("/{job_id:uuid}/{step}")
def step_page(
    request: Request, step: Middle, me: SignedIn, job: TheJob, session: ReadSession
) -> Response:
    """One question."""
    return _ask(request, session, _steps(session, job, me), step)


@router.post("/{job_id:uuid}/{step}")
def answer(
    request: Request,
    step: Middle,
    sent: Sent,
    job: StepJob,
    writer: Writer,
    session: DbSession,
) -> Response:
    """Keep the answer, and go on."""
    return _keep(request, session, job, writer, sent, step)


def _steps(session: Session, job: Job, person: Person) -> Steps:
    draft = session.scalar(the_draft(person.id, job.id))
    return Steps(job, person, dict(draft.said) if draft else {})


def _ask(request: Request, session: Session, steps: Steps, step: str) -> Response:
    if not steps.may_ask(step):
        return _onwards(request, steps.job, "")
    return _obstacle(request, session, steps.job) or _question(
        request, session, steps, step, steps.form(step)
    )


def _obstacle(request: Request, session: Session, job: Job) -> Response | None:
    """Closed meanwhile: said in place, with what to do instead."""
    try:
        must_take_applications(job, now())
    except Conflict as problem:
        similar = nearest_other(session, job, at=now())
        return page(
            request, "hiring/closed.html", status=409, job=job, problem=problem, similar=similar
        )
    return None


def _question(
    request: Request, session: Session, steps: Steps, step: str, form: Filled[Any]
) -> Response:
    return page(
        request,
        f"hiring/apply_{step}.html",
        status=form.status,
        form=form,
        job=steps.job,
        steps=steps,
        step=step,
        mine_already=_mine_already(session, steps),
    )


def _mine_already(session: Session, steps: Steps) -> Application | None:
    """What they have sent for themselves, and not taken back."""
    found = the_application_of(steps.person.id, steps.job.id)
    return session.scalar(found.where(Application.state != ApplicationState.WITHDRAWN))


def _check(request: Request, session: Session, steps: Steps, form: Filled[Any]) -> Response:
    if steps.incomplete is not None:
        return _onwards(request, steps.job, "" if steps.incomplete == WHOM else steps.incomplete)
    return _obstacle(request, session, steps.job) or page(
        request,
        "hiring/check.html",
        status=form.status,
        form=form,
        job=steps.job,
        steps=steps,
        step=CHECK,
        mine_already=_mine_already(session, steps),
    )


def _keep(
    request: Request, session: Session, job: Job, writer: Person | None, sent: Sent, step: str
) -> Response:
    at = now()
    if writer is None:
        form = filled(Steps(job, Person(name="-"), {}).model(step), sent)
        if token := cookie(request, DRAFT):
            drafts.save_signed_out(session, token, job.id, {step: form.given}, at=at)
        here = f"{language_of(request).prefix}/apply/{job.id}{'' if step == WHOM else f'/{step}'}"
        door = f"{language_of(request).prefix}{SIGN_IN}?next={quote(here, safe='/')}"
        return RedirectResponse(door, status_code=303, headers={"Cache-Control": "no-store"})
    said = _steps(session, job, writer).said
    form = filled(Steps(job, writer, said).model(step), sent)
    token = drafts.save(session, writer.id, job.id, {step: form.given}, at=at)
    steps = Steps(job, writer, said | {step: form.given})
    answer = (
        _onwards(request, job, steps.after(step))
        if form.is_good
        else _question(request, session, steps, step, form)
    )
    keep(request, answer, DRAFT, token, max_age_s=int(drafts.KEPT_FOR.total_seconds()))
    return answer


def _send(session: Session, steps: Steps) -> None:
    person, worker, behalf = steps.person, steps.person, None
    if steps.for_family:
        told = steps.value(WORKER)
        worker = worker_in_the_family(session, told.name, told.phone, person.id)
        behalf = Behalf(person.id, Way.FAMILY, told.consent)
    apply(
        session,
        steps.job,
        worker,
        phone=steps.phone,
        answers=steps.answers,
        at=now(),
        behalf=behalf,
    )


def _onwards(request: Request, job: Job, step: str) -> RedirectResponse:
    where = f"{language_of(request).prefix}/apply/{job.id}{step and f'/{step}'}"
    return RedirectResponse(where, status_code=303)
