"""One's own bookings: the list, one of them, one series."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fastapi import Request, Response

from geo_service.accounts.access import SignedIn
from geo_service.clock import now
from geo_service.spaces.access import TheBooking, TheSeries
from geo_service.spaces.models import Booking, State, Terms, Use, Wait
from geo_service.spaces.pages.ways import pages
from geo_service.spaces.queries.bookings import (
    bookings_of,
    events_of,
    my_bookings,
    my_subscriptions,
    my_waiting,
)
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.workflow.changing import deadline
from geo_service.spaces.workflow.house import terms_of
from geo_service.spaces.workflow.presence import is_time_to_come
from geo_service.web.i18n import language_of
from geo_service.web.onward import led
from geo_service.web.qr import qr_picture
from geo_service.web.render import page
from geo_service.web.session import ReadSession

PAST = timedelta(days=90)

router = pages()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a booking, or all that is left of a series."""

    booking: Booking
    """The next one."""
    left: int = 1
    """How many are still to come."""

    @property
    def on(self) -> date:
        """Its day in Korea."""
        return korean_day(self.booking.begins_at)


@router.get("/my/bookings")
def bookings_page(request: Request, me: SignedIn, session: ReadSession) -> Response:
    """What comes, what waits, and what was."""
    at = now()
    every = session.scalars(my_bookings(me.id, since=at - PAST)).all()
    comes = [b for b in every if b.is_live and not _is_over(b, at)]
    waiting = session.scalars(my_waiting(me.id)).all()
    offered = {w.booking_id for w in waiting if w.state is Wait.OFFERED}
    return page(
        request,
        "spaces/bookings.html",
        held=list(_entries(b for b in comes if b.state is State.HELD)),
        offered=offered,
        entries=list(_entries(b for b in comes if b.state is not State.HELD)),
        waiting=[w for w in waiting if w.state is Wait.WAITING],
        desks=[d for d in session.scalars(my_subscriptions(me.id)) if d.is_live],
        past=[b for b in reversed(every) if b not in comes and b.state is not State.EXPIRED][:30],
        at=at,
        today=korean_day(at),
    )


def _is_over(booking: Booking, at: datetime) -> bool:
    """Whether its time, or that for which it was held, has passed."""
    if booking.held_until is not None and booking.held_until <= at:
        return True
    return booking.ends_at is not None and booking.ends_at <= at


def _entries(bookings: Iterable[Booking]) -> Iterable[Entry]:
    """A series stands where its next booking stands."""
    bookings = list(bookings)
    told = set()
    for booking in bookings:
        if booking.series_id is None:
            yield Entry(booking)
        elif booking.series_id not in told:
            told.add(booking.series_id)
            yield Entry(booking, sum(b.series_id == booking.series_id for b in bookings))


@router.get("/my/bookings/{booking_id:uuid}")
def booking_page(request: Request, booking: TheBooking, session: ReadSession) -> Response:
    """How it stands, its code, and what can be done with it."""
    at = now()
    if booking.state is State.HELD and not _is_over(booking, at):
        return led(request, f"/my/bookings/{booking.id}/finish")
    terms = terms_of(session, booking.space_id)
    answer = page(
        request,
        "spaces/booking.html",
        booking=booking,
        space=booking.space,
        terms=terms,
        events=session.scalars(events_of(booking.id)).all(),
        at=at,
        over=_is_over(booking, at),
        can_change=_can_change(terms, booking, at),
        change_until=deadline(terms, booking),
        can_come=_can_come(terms, booking, at),
        is_now=booking.begins_at <= at and not _is_over(booking, at),
        picture=qr_picture(_counter(request, booking.code)),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _can_change(terms: Terms, booking: Booking, at: datetime) -> bool:
    if booking.use is Use.MONTHLY:
        return False
    decided = booking.state in (State.ASKED, State.CONFIRMED)
    return decided and at <= deadline(terms, booking)


def _can_come(terms: Terms, booking: Booking, at: datetime) -> bool:
    return booking.state is State.CONFIRMED and is_time_to_come(terms, booking, at)


def _counter(request: Request, code: str) -> str:
    """Where an officer's telephone takes the code."""
    door = f"{request.base_url}{language_of(request).prefix.lstrip('/')}".rstrip("/")
    return f"{door}/office/checkin?code={code}"


@router.get("/my/series/{series_id:uuid}")
def series_page(request: Request, series: TheSeries, session: ReadSession) -> Response:
    """All bookings of a series as one thing."""
    at, bookings = now(), session.scalars(bookings_of(series.id)).all()
    if any(b.state is State.HELD and not _is_over(b, at) for b in bookings):
        return led(request, f"/my/series/{series.id}/finish")
    terms = terms_of(session, series.space_id)
    return page(
        request,
        "spaces/series.html",
        series=series,
        space=series.space,
        bookings=bookings,
        changeable=[b for b in bookings if _can_change(terms, b, at)],
        at=at,
    )
