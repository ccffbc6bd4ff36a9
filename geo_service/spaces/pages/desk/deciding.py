"""One booking as an officer sees it: yes, no, called off, came, did not come."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.offices.access import ActingDesk
from geo_service.spaces.access import OurBooking, TheOfficeBooking
from geo_service.spaces.models import Booking, State, Strike
from geo_service.spaces.pages.ways import pages
from geo_service.spaces.queries.bookings import events_of
from geo_service.spaces.schemas.desk_forms import ReasonForm
from geo_service.spaces.workflow.counter import release
from geo_service.spaces.workflow.deciding import approve, call_off, decline
from geo_service.spaces.workflow.house import terms_of
from geo_service.spaces.workflow.presence import check_in, forgive, is_time_to_come
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

BACK = {"requests": "/office/bookings", "door": "/office/checkin"}
"""Lists from which a button was pressed, so that one comes back to it."""

router = pages()


@router.get("/office/bookings/{booking_id:uuid}")
def booking_page(request: Request, booking: TheOfficeBooking, session: ReadSession) -> Response:
    """Who, when, what for, and what happened so far."""
    return _booking_page(request, session, booking, blank(ReasonForm))


def _booking_page(
    request: Request, session: Session, booking: Booking, form: Filled[ReasonForm]
) -> HTMLResponse:
    """A deed that was refused is told above the form; what was typed into it stays."""
    at, terms = now(), terms_of(session, booking.space_id)
    return page(
        request,
        "spaces/desk/booking.html",
        status=form.status,
        booking=booking,
        space=booking.space,
        refused=form,
        form=Filled(ReasonForm, form.given) if form.summary else form,
        events=session.scalars(events_of(booking.id)).all(),
        strike=session.get(Strike, booking.id),
        at=at,
        can_come=booking.state is State.CONFIRMED and is_time_to_come(terms, booking, at),
        has_begun=booking.begins_at <= at,
        is_over=booking.ends_at is not None and booking.ends_at <= at,
    )


def _back(request: Request, sent: FormData, booking: Booking, note: str) -> Response:
    named = sent.get("back")
    path = BACK.get(named) if isinstance(named, str) else None
    return led(request, path or f"/office/bookings/{booking.id}", note)


@router.post("/office/bookings/{booking_id:uuid}/approve")
def say_yes(
    request: Request,
    booking: OurBooking,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Yes."""
    form = blank(ReasonForm)
    with form.attempt(session):
        approve(session, booking, at=now(), by=desk.person)
        return _back(request, sent, booking, "spaces.approved")
    return _booking_page(request, session, booking, form)


@router.post("/office/bookings/{booking_id:uuid}/decline")
def say_no(
    request: Request,
    booking: OurBooking,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """No, and why."""
    form = filled(ReasonForm, sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            decline(session, booking, at=now(), by=desk.person, words=told.words)
            return led(request, "/office/bookings", "spaces.declined")
    return _booking_page(request, session, booking, form)


@router.post("/office/bookings/{booking_id:uuid}/call-off")
def cancel_for_the_office(
    request: Request,
    booking: OurBooking,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """The office needs the space, and says why."""
    form = filled(ReasonForm, sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            call_off(session, booking, at=now(), by=desk.person, words=told.words)
            return led(request, f"/office/bookings/{booking.id}", "spaces.called_off")
    return _booking_page(request, session, booking, form)


@router.post("/office/bookings/{booking_id:uuid}/check-in")
def see_them_come(
    request: Request,
    booking: OurBooking,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """They are there: the officer sees them, and needs no number."""
    form = blank(ReasonForm)
    with form.attempt(session):
        check_in(session, booking, booking.code, at=now(), by=desk.person)
        return _back(request, sent, booking, "spaces.seen")
    return _booking_page(request, session, booking, form)


@router.post("/office/bookings/{booking_id:uuid}/release")
def give_away(
    request: Request,
    booking: OurBooking,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Nobody came: others may have it."""
    form = blank(ReasonForm)
    with form.attempt(session):
        release(session, booking, at=now(), by=desk.person)
        return _back(request, sent, booking, "spaces.released")
    return _booking_page(request, session, booking, form)


@router.post("/office/bookings/{booking_id:uuid}/forgive")
def take_strike_back(
    request: Request,
    booking: OurBooking,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """They had a good reason."""
    form = blank(ReasonForm)
    with form.attempt(session):
        forgive(session, booking, at=now(), by=desk.person)
        return led(request, f"/office/bookings/{booking.id}", "spaces.forgiven")
    return _booking_page(request, session, booking, form)
