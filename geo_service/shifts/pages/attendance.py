"""The day of an office: who comes, who came, and what hangs on the wall."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Once, TheSecret
from geo_service.clock import KOREA, now
from geo_service.offices.access import ActingDesk, Desk, Work
from geo_service.shifts.access import OfficeShift
from geo_service.shifts.models import Shift
from geo_service.shifts.queries import shifts_on
from geo_service.shifts.schemas.asking import DayQuery, Minutes, NoteForm
from geo_service.shifts.workflow.attending import has_begun, reopen
from geo_service.shifts.workflow.codes import code_of
from geo_service.shifts.workflow.listing import Deed, Noted, note
from geo_service.web.forms import Complaint, Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

Day = Annotated[DayQuery, Query()]

_MINUTES: TypeAdapter[int] = TypeAdapter(Minutes)


def _day_page(
    request: Request,
    session: Session,
    desk: Work,
    query: DayQuery,
    form: Filled[NoteForm],
    noted: Noted | None = None,
) -> HTMLResponse:
    at = now()
    today = at.astimezone(KOREA).date()
    day = query.on or today
    shifts = _by_job(session, desk, query, day)
    begun = {shift.id for _, there in shifts for shift in there if has_begun(shift, at)}
    return page(
        request,
        "shifts/day.html",
        status=form.status,
        day=day,
        today=today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        query=query,
        jobs=shifts,
        begun=begun,
        form=form,
        noted=noted,
    )


def _by_job(
    session: Session, desk: Work, query: DayQuery, day: date
) -> Sequence[tuple[UUID, Sequence[Shift]]]:
    found = session.scalars(shifts_on(day, desk.offices, job_id=query.job))
    grouped = groupby(found, key=lambda shift: shift.job_id)
    return [(job_id, tuple(there)) for job_id, there in grouped]


@router.get("/office/attendance")
def day_page(request: Request, query: Day, desk: Desk, session: ReadSession) -> HTMLResponse:
    """Everybody who works on a day, job by job."""
    return _day_page(request, session, desk, query, blank(NoteForm))


@router.post("/office/attendance")
def note_day(
    request: Request, query: Day, desk: ActingDesk, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Note for all who are ticked that they came, or did not, or for how long."""
    deed = sent.get("deed")
    form = filled(NoteForm, sent)
    if form.value is None or deed not in list(Deed):
        return _day_page(request, session, desk, query, form)
    day = query.on or now().astimezone(KOREA).date()
    ours = {shift.id for _, there in _by_job(session, desk, query, day) for shift in there}
    ticked = [shift_id for shift_id in form.value.shift if shift_id in ours]
    if not ticked:
        form.summary.append(
            Complaint("nobody", "Tick at least one person.", "한 사람 이상 골라 주세요.")
        )
        return _day_page(request, session, desk, query, form)
    minutes = {shift_id: _minutes(form, sent, shift_id) for shift_id in ticked}
    if form.errors:
        return _day_page(request, session, desk, query, form)
    noted = note(session, Deed(deed), minutes, by_id=desk.person.id, at=now())
    if noted.refused:
        return _day_page(request, session, desk, query, form, noted)
    return _back(request, query, Deed(deed).value)


def _minutes(form: Filled[NoteForm], sent: FormData, shift_id: UUID) -> int | None:
    """What was typed beside a name; nothing is as planned."""
    name = f"minutes-{shift_id}"
    typed = sent.get(name)
    if not isinstance(typed, str) or not typed.strip():
        return None
    try:
        return _MINUTES.validate_python(typed)
    except ValidationError:
        form.errors[name] = Complaint(
            "minutes",
            "Write the minutes as a number from 1 to 1,440.",
            "일한 시간을 1부터 1,440까지 분으로 적어 주세요.",
        )
        return None


@router.post("/office/attendance/{shift_id:uuid}/reopening")
def take_back(
    request: Request, shift: OfficeShift, desk: ActingDesk, session: DbSession, _once: Once
) -> Response:
    """Take a confirmation back, to correct it."""
    query = DayQuery(on=shift.work_on)
    form = blank(NoteForm)
    with form.attempt(session):
        reopen(session, shift)
        return _back(request, query, "reopened")
    return _day_page(request, session, desk, query, form)


@router.get("/office/attendance/list")
def sign_in_list(request: Request, query: Day, desk: Desk, session: ReadSession) -> HTMLResponse:
    """The list that people sign on paper, one sheet for each job."""
    day = query.on or now().astimezone(KOREA).date()
    jobs = _by_job(session, desk, query, day)
    return page(request, "shifts/list.html", day=day, query=query, jobs=jobs)


@router.get("/office/attendance/code")
def code_poster(
    request: Request, query: Day, desk: Desk, session: ReadSession, secret: TheSecret
) -> HTMLResponse:
    """The code of the day for each job, large, for the wall."""
    day = query.on or now().astimezone(KOREA).date()
    jobs = _by_job(session, desk, query, day)
    codes = {job_id: code_of(secret, job_id, day) for job_id, _ in jobs}
    return page(request, "shifts/code.html", day=day, query=query, jobs=jobs, codes=codes)


def _back(request: Request, query: DayQuery, done: str) -> Response:
    asked = "&".join(f"{name}={value}" for name, value in query if value is not None)
    return led(request, f"/office/attendance{asked and '?'}{asked}", f"shifts.{done}")
