"""One's own shifts: what comes, what was, and saying that one is there."""

from datetime import date, datetime, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Acting, Once, SignedIn, TheSecret
from geo_service.accounts.workflow import limits
from geo_service.clock import KOREA, now
from geo_service.shifts.access import MyShift, MyShiftToday
from geo_service.shifts.models import Shift, ShiftState
from geo_service.shifts.queries import paid_by_month, shifts_of_person
from geo_service.shifts.schemas.asking import CodeForm
from geo_service.shifts.schemas.calendar import calendar_of
from geo_service.shifts.workflow.codes import CODES_OF, attend_by_code, attendance_time, is_ahead
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

SEEN_BACK = timedelta(days=92)
"""Past shifts are told for a season; months of pay for ever."""

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)


@router.get("/my/shifts")
def my_shifts(request: Request, person: SignedIn, session: ReadSession) -> HTMLResponse:
    """What comes, what was, and what was paid."""
    at = now()
    today: date = at.astimezone(KOREA).date()
    shifts = session.scalars(shifts_of_person(person.id, since=today - SEEN_BACK)).all()
    coming = [shift for shift in shifts if _is_coming(shift, at)]
    return page(
        request,
        "shifts/mine.html",
        coming=coming,
        past=[shift for shift in reversed(shifts) if shift not in coming],
        here_now={shift.id for shift in coming if _takes_code(shift)},
        months=session.execute(paid_by_month(person.id)).all(),
    )


def _is_coming(shift: Shift, at: datetime) -> bool:
    return is_ahead(shift, at) and shift.state in {ShiftState.PLANNED, ShiftState.ATTENDED}


def _takes_code(shift: Shift) -> bool:
    starts, ends = attendance_time(shift)
    return shift.state is ShiftState.PLANNED and starts <= now() < ends


def _code_page(request: Request, shift: Shift, form: Filled[CodeForm]) -> HTMLResponse:
    return page(request, "shifts/attend.html", status=form.status, shift=shift, form=form)


@router.get("/my/shifts/{shift_id:uuid}/attendance")
def attend_page(request: Request, shift: MyShift) -> HTMLResponse:
    """One question: the number on the wall."""
    return _code_page(request, shift, blank(CodeForm))


@router.post("/my/shifts/{shift_id:uuid}/attendance")
def attend(
    request: Request,
    shift: MyShiftToday,
    person: Acting,
    sent: Sent,
    secret: TheSecret,
    session: DbSession,
    _once: Once,
) -> Response:
    """Say that one is there; a wrong number is counted, and told."""
    at, form = now(), filled(CodeForm, sent)
    if form.value is not None:
        limits.count(session, secret, (CODES_OF, person.id.hex), at=at)
        with form.attempt(session):
            attend_by_code(session, secret, shift, form.value.code, at=at)
            return led(request, "/my/shifts", "shifts.here")
    return _code_page(request, shift, form)


@router.get("/my/shifts/{shift_id:uuid}/calendar.ics")
def in_calendar(shift: MyShift) -> Response:
    """One shift, for a calendar."""
    headers = {"Content-Disposition": 'attachment; filename="shift.ics"'}
    return Response(
        calendar_of(shift, at=now()), media_type="text/calendar; charset=utf-8", headers=headers
    )
