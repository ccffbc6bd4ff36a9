"""Writing a job and writing it anew, with the card of a phone beside the form."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.jobs.access import HeldJob, OfficeJob
from geo_service.jobs.models import Job, PayUnit
from geo_service.jobs.pages.previewing import preview
from geo_service.jobs.queries import the_office_job
from geo_service.jobs.schemas.forms import JobForm, NewJobForm, Publish, Where, typed
from geo_service.jobs.workflow import edit, post, publish
from geo_service.jobs.workflow.wages import wages_for
from geo_service.listings.access import MAP_PX, Placed, pin_picture, placed
from geo_service.offices.access import ActingDesk, Desk, Work, the_office
from geo_service.offices.models import Office
from geo_service.offices.queries import offices_in
from geo_service.programmes.queries import paying_on
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

BEGINNING: dict[str, Any] = {
    "where": Where.OFFICE,
    "pay_unit": PayUnit.HOUR,
    "seats": 1,
    "turn": "first_come",
    "publish": Publish.NOW,
}
"""What a new form proposes."""

IN_THE_FORM = {"shifts": "ends", "place": "address"}
"""What deeds call by another name than the form."""


@router.get("/office/jobs/new")
def new_job_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """An empty form."""
    offices = list(session.scalars(offices_in(desk.offices)))
    form = blank(NewJobForm, **BEGINNING, office_id=offices[0].id)
    return _form_page(
        request, session, form, placed(session, FormData(), offices[0].place), offices
    )


@router.post("/office/jobs")
def post_job(
    request: Request, sent: Sent, desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Keep what was typed; publish it if that was said."""
    offices = list(session.scalars(offices_in(desk.offices)))
    office = _office_meant(offices, sent)
    where = placed(session, sent, office.place if office else None)
    form = filled(NewJobForm, where.sent)
    if form.value is not None:
        told, at = form.value, now()
        with form.attempt(session), _named_as_in_the_form():
            whose = the_office(session, desk, told.office_id)
            job = post(session, told.offer(), office=whose, by=desk.person.id, at=at)
            if told.publish is not Publish.DRAFT:
                on = told.publish_on if told.publish is Publish.ON else None
                publish(session, job, at=at, on=on)
            return led(request, f"/office/jobs/{job.id}", f"jobs.{_said(job, at)}")
    return _form_page(request, session, form, where, offices)


@router.post("/office/jobs/preview")
def preview_job(request: Request, sent: Sent, desk: ActingDesk, session: DbSession) -> HTMLResponse:
    """The same form with its place found and its card drawn; nothing is kept."""
    offices = list(session.scalars(offices_in(desk.offices)))
    job = _job_edited(session, desk, sent)
    office = job.office if job else _office_meant(offices, sent)
    where = placed(session, sent, office.place if office else None)
    form = filled(JobForm if job else NewJobForm, where.sent)
    form.errors.clear()  # they are told when it is sent
    if job:
        form.version = str(sent.get("version", ""))
    return _form_page(request, session, form, where, offices, job=job)


@router.get("/office/jobs/{job_id:uuid}/edit")
def edit_page(request: Request, job: OfficeJob, session: ReadSession) -> HTMLResponse:
    """The form with what is there."""
    form = editing(JobForm, of=_as_typed(job))
    there = FormData([("lat", str(job.place.lat)), ("lng", str(job.place.lng))])
    return _form_page(request, session, form, placed(session, there, job.office.place), job=job)


@router.post("/office/jobs/{job_id:uuid}/edit")
def edit_job(
    request: Request, sent: Sent, job: HeldJob, session: DbSession, _once: Once
) -> Response:
    """Let the job say what was typed."""
    where = placed(session, sent, job.office.place)
    form = edited(JobForm, where.sent, of=_as_typed(job))
    if form.value is not None:
        with form.attempt(session), _named_as_in_the_form():
            edit(session, job, form.value.offer(), at=now())
            return led(request, f"/office/jobs/{job.id}", "jobs.edited")
    return _form_page(request, session, form, where, job=job)


def _form_page(
    request: Request,
    session: Session,
    form: Filled[Any],
    where: Placed,
    offices: list[Office] | None = None,
    job: Job | None = None,
) -> HTMLResponse:
    office = job.office if job else _office_meant(offices or [], where.sent)
    at = now()
    first, last = _day(form, "works_from"), _day(form, "works_until")
    programmes = session.scalars(paying_on(office.id, first or at.date())) if office else ()
    return page(
        request,
        "jobs/write.html",
        status=form.status,
        form=form,
        job=job,
        offices=offices or [],
        office_names={each.id: each.name for each in offices or []},
        office=office,
        where=where,
        px=MAP_PX,
        picture=pin_picture(request, session, where.pin, pinned=where.is_known),
        wages=list(wages_for(first, last, at)),
        programmes={programme.id: programme.name for programme in programmes},
        it=preview(form, office),
    )


def _as_typed(job: Job) -> SimpleNamespace:
    return SimpleNamespace(version=job.version, **typed(job))


def _office_meant(offices: list[Office], sent: FormData) -> Office | None:
    meant = [office for office in offices if str(office.id) == sent.get("office_id")]
    return next(iter(meant or offices), None)


def _job_edited(session: Session, desk: Work, sent: FormData) -> Job | None:
    try:
        job_id = UUID(str(sent.get("job_id")))
    except ValueError:
        return None
    return session.scalar(the_office_job(desk.offices, job_id))


def _day(form: Filled[Any], name: str) -> date | None:
    try:
        return date.fromisoformat(form.given.get(name, [""])[-1])
    except (ValueError, IndexError):
        return None


@contextmanager
def _named_as_in_the_form() -> Iterator[None]:
    try:
        yield
    except BadField as problem:
        problem.field = IN_THE_FORM.get(problem.field, problem.field)
        raise


def _said(job: Job, at: datetime) -> str:
    if job.published_at is None:
        return "drafted"
    return "published" if job.published_at <= at else "scheduled"
