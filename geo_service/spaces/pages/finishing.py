"""Finishing what is held: what it is for, the rules, and the page that says it is done."""

from datetime import datetime
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.spaces.access import MyBooking, MySeries, TheBooking, TheSeries
from geo_service.spaces.models import Booking, Series, State
from geo_service.spaces.pages.ways import ANOTHER_TIME_HELPS, pages
from geo_service.spaces.queries.bookings import bookings_of
from geo_service.spaces.queries.free import Look, nearest_slots
from geo_service.spaces.queries.starting import Start, as_starts
from geo_service.spaces.schemas.forms import FinishForm, for_no_more_than
from geo_service.spaces.workflow.finishing import (
    Details,
    finish,
    finish_instead,
    finish_series,
)
from geo_service.spaces.workflow.house import terms_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = pages()


@router.get("/my/bookings/{booking_id:uuid}/finish")
def finish_page(request: Request, booking: TheBooking, session: ReadSession) -> Response:
    """What is held, and the few questions about it."""
    if booking.series_id is not None:
        return led(request, f"/my/series/{booking.series_id}/finish")
    if booking.state is not State.HELD:
        return led(request, f"/my/bookings/{booking.id}")
    return _finish_page(request, session, [booking], blank(FinishForm, of=booking))


@router.post("/my/bookings/{booking_id:uuid}/finish")
def finish_booking(
    request: Request, booking: MyBooking, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Take it; what was typed is kept where the time was lost meanwhile."""
    form = filled(for_no_more_than(booking.space.capacity, FinishForm), sent)
    if (told := form.value) is not None:
        details = Details(told.purpose, told.people)
        with form.attempt(session):
            if told.begins is None:
                done = finish(session, booking, details, at=now())
            else:
                done = finish_instead(session, booking, told.begins, details, at=now())
            return led(request, f"/my/bookings/{done.id}/done")
    return _finish_page(request, session, [booking], form)


@router.get("/my/series/{series_id:uuid}/finish")
def finish_series_page(request: Request, series: TheSeries, session: ReadSession) -> Response:
    """All that is held, and the same questions."""
    bookings = session.scalars(bookings_of(series.id)).all()
    if bookings[0].state is not State.HELD:
        return led(request, f"/my/series/{series.id}")
    form = blank(FinishForm, of=bookings[0])
    return _finish_page(request, session, list(bookings), form, series)


@router.post("/my/series/{series_id:uuid}/finish")
def finish_all(
    request: Request, series: MySeries, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Take all of it."""
    form = filled(for_no_more_than(series.space.capacity, FinishForm), sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            details = Details(told.purpose, told.people)
            done = finish_series(session, series, details, at=now())
            first = session.scalars(bookings_of(done.id)).first()
            return led(request, f"/my/bookings/{first.id if first else done.id}/done")
    bookings = session.scalars(bookings_of(series.id)).all()
    return _finish_page(request, session, list(bookings), form, series)


@router.get("/my/bookings/{booking_id:uuid}/done")
def done_page(request: Request, booking: TheBooking, session: ReadSession) -> Response:
    """It is done: its number, its code, and what to do with them."""
    if booking.state not in (State.ASKED, State.CONFIRMED, State.CHECKED_IN):
        return led(request, f"/my/bookings/{booking.id}")
    all_of_it = bookings_of(booking.series_id) if booking.series_id else None
    return page(
        request,
        "spaces/done.html",
        booking=booking,
        bookings=session.scalars(all_of_it).all() if all_of_it is not None else [booking],
        terms=terms_of(session, booking.space_id),
    )


def _finish_page(
    request: Request,
    session: Session,
    bookings: list[Booking],
    form: Filled[FinishForm],
    series: Series | None = None,
) -> HTMLResponse:
    at, booking = now(), bookings[0]
    helps = any(wrong.kind in ANOTHER_TIME_HELPS for wrong in form.summary)
    context: dict[str, Any] = {
        "booking": booking,
        "bookings": bookings,
        "series": series,
        "space": booking.space,
        "terms": terms_of(session, booking.space_id),
        "form": form,
        "at": at,
        "minutes_left": _minutes_left(booking.held_until, at),
        "nearest": _nearest(session, booking, at) if helps and series is None else [],
    }
    answer = page(request, "spaces/finish.html", status=form.status, **context)
    answer.headers["Cache-Control"] = "no-store"  # the minutes that are left would be wrong
    return answer


def _minutes_left(until: datetime | None, at: datetime) -> int:
    """Begun minutes; 0 when they are over."""
    return 0 if until is None else max(0, -(-int((until - at).total_seconds()) // 60))


def _nearest(session: Session, booking: Booking, at: datetime) -> list[Start]:
    look = Look(terms_of(session, booking.space_id), at)
    return as_starts(nearest_slots(session, look, Range(booking.begins_at, booking.ends_at)))
