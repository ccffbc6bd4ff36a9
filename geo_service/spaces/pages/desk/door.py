"""Who comes today: by their number, by their picture, or from the list."""

from datetime import timedelta

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.offices.access import ActingDesk, Desk
from geo_service.offices.access.desk import Work
from geo_service.spaces.models import Booking, State, Use
from geo_service.spaces.pages.ways import asked, pages
from geo_service.spaces.queries.bookings import expected_with, office_bookings
from geo_service.spaces.queries.opening import korean_day, midnight
from geo_service.spaces.schemas.forms import CodeForm
from geo_service.spaces.workflow.presence import check_in
from geo_service.spaces.workflow.problems import NotItsCode
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

DAY = timedelta(days=1)

router = pages()


@router.get("/office/checkin")
def door_page(request: Request, desk: Desk, session: ReadSession) -> Response:
    """A field for the number, and all who are expected today."""
    shown = filled(CodeForm, asked(request))
    form = blank(CodeForm) if shown.value is None else shown
    found = _with_code(session, desk, shown.value.digits) if shown.value else []
    if shown.value is not None and not found:
        form.refused(NotItsCode())
    return _door_page(request, session, desk, form, found)


@router.post("/office/checkin")
def come_in(
    request: Request, desk: ActingDesk, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Whoever has this number is there."""
    form = filled(CodeForm, sent)
    found: list[Booking] = []
    if (told := form.value) is not None:
        found = _with_code(session, desk, told.digits)
        with form.attempt(session):
            if not found:
                raise NotItsCode
            if len(found) == 1:
                check_in(session, found[0], told.digits, at=now(), by=desk.person)
                return led(request, "/office/checkin", "spaces.seen")
    return _door_page(request, session, desk, form, found)


def _with_code(session: Session, desk: Work, code: str) -> list[Booking]:
    return list(session.scalars(expected_with(desk.offices, code, _today())))


def _today() -> Range:  # type: ignore[type-arg]
    day = korean_day(now())
    return Range(midnight(day), midnight(day + DAY))


def _door_page(
    request: Request,
    session: Session,
    desk: Work,
    form: Filled[CodeForm],
    found: list[Booking],
) -> HTMLResponse:
    at = now()
    expected = [State.CONFIRMED, State.CHECKED_IN, State.NO_SHOW]
    bookings = [
        booking
        for booking in session.scalars(office_bookings(desk.offices, _today()))
        if booking.state in expected and booking.use is Use.HOURLY
    ]
    return page(
        request,
        "spaces/desk/door.html",
        status=form.status if request.method == "POST" else 200,
        form=form,
        found=found,
        bookings=sorted(bookings, key=lambda booking: booking.begins_at),
        at=at,
        today=korean_day(at),
    )
