"""Shifts as JSON: for programs of an office, and for who works them."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from geo_service.accounts.access import Acting, Once, SignedIn, TheSecret
from geo_service.accounts.workflow import limits
from geo_service.clock import KOREA, now
from geo_service.errors import Problem
from geo_service.offices.access import ActingDesk, Desk
from geo_service.shifts.access import MyShift, MyShiftToday, OfficeShift
from geo_service.shifts.queries import shifts_of_person, shifts_on
from geo_service.shifts.schemas.asking import DayQuery, SinceQuery
from geo_service.shifts.schemas.telling import CodeIn, ConfirmationIn, MyShiftOut, ShiftOut
from geo_service.shifts.workflow.attending import confirm, mark_absent, mark_attended, reopen
from geo_service.shifts.workflow.codes import CODES_OF, WrongCode, attend_by_code, is_ahead
from geo_service.web.idempotency import OnceRoute
from geo_service.web.problems import problem_response
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1", tags=["shifts"], route_class=OnceRoute)


@router.get("/shifts")
def shifts_of_day(
    query: Annotated[DayQuery, Query()], desk: Desk, session: ReadSession
) -> list[ShiftOut]:
    """Who works on a day for one's offices, job by job; cancelled shifts are left out."""
    found = shifts_on(query.on or now().astimezone(KOREA).date(), desk.offices, job_id=query.job)
    return [ShiftOut.of(shift) for shift in session.scalars(found)]


@router.put("/shifts/{shift_id}/attendance")
def note_attendance(shift: OfficeShift, session: DbSession) -> ShiftOut:
    """Note that somebody came."""
    mark_attended(session, shift, at=now())
    return ShiftOut.of(shift)


@router.put("/shifts/{shift_id}/absence")
def note_absence(shift: OfficeShift, session: DbSession) -> ShiftOut:
    """Note that nobody came; the hours and the money are free again."""
    mark_absent(session, shift, at=now())
    return ShiftOut.of(shift)


@router.put("/shifts/{shift_id}/confirmation")
def vouch(
    shift: OfficeShift, told: ConfirmationIn, desk: ActingDesk, session: DbSession
) -> ShiftOut:
    """Vouch for the minutes, which are paid."""
    minutes = told.minutes or shift.minutes
    confirm(session, shift, minutes=minutes, by_id=desk.person.id, at=now())
    return ShiftOut.of(shift)


@router.post("/shifts/{shift_id}/reopening")
def take_back(shift: OfficeShift, session: DbSession, _once: Once) -> ShiftOut:
    """Take a confirmation back, to correct it."""
    reopen(session, shift)
    return ShiftOut.of(shift)


@router.get("/my/shifts")
def my_shifts(
    query: Annotated[SinceQuery, Query()], person: SignedIn, session: ReadSession
) -> list[MyShiftOut]:
    """One's own shifts from a day on, in order."""
    at = now()
    yesterday = at.astimezone(KOREA).date() - timedelta(days=1)
    shifts = session.scalars(shifts_of_person(person.id, since=query.since or yesterday))
    return [MyShiftOut.of(shift) for shift in shifts if query.since or is_ahead(shift, at)]


@router.get("/my/shifts/{shift_id}")
def my_one_shift(shift: MyShift) -> MyShiftOut:
    """One of them."""
    return MyShiftOut.of(shift)


@router.post("/my/shifts/{shift_id}/attendance", response_model=MyShiftOut)
def here_i_am(
    request: Request,
    shift: MyShiftToday,
    told: CodeIn,
    person: Acting,
    secret: TheSecret,
    session: DbSession,
    _once: Once,
) -> MyShiftOut | Response:
    """Say that one is there, with the code that hangs at the place."""
    at = now()
    limits.count(session, secret, (CODES_OF, person.id.hex), at=at)
    try:
        attend_by_code(session, secret, shift, told.code, at=at)
    except WrongCode as wrong:
        return _counted(request, wrong)
    return MyShiftOut.of(shift)


def _counted(request: Request, wrong: Problem) -> Response:
    """The problem as an answer and not as an error, so that the try stays counted."""
    return problem_response(request, 422, wrong.type(), wrong.title())
