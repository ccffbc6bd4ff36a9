"""Moving and giving up what one has booked; saying that one is there."""

from datetime import timedelta

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.accounts.access import Acting, Once
from geo_service.clock import now
from geo_service.spaces.access import MyBooking, MySeries, MyWaiting, TheBooking
from geo_service.spaces.models import Booking, Use, Wish
from geo_service.spaces.pages.choosing import times_to_choose
from geo_service.spaces.pages.ways import ANOTHER_TIME_HELPS, asked, pages
from geo_service.spaces.queries.free import Look, nearest_slots
from geo_service.spaces.queries.starting import as_starts
from geo_service.spaces.schemas.forms import LookForm, TimeForm
from geo_service.spaces.workflow.changing import cancel, give_notice, move
from geo_service.spaces.workflow.house import terms_of
from geo_service.spaces.workflow.presence import check_in
from geo_service.spaces.workflow.problems import AlreadyThen
from geo_service.spaces.workflow.queueing import leave
from geo_service.spaces.workflow.repeating import cancel_series
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = pages()


@router.get("/my/bookings/{booking_id:uuid}/move")
def move_page(request: Request, booking: TheBooking, session: ReadSession) -> Response:
    """The times to which it could go."""
    if booking.use is Use.MONTHLY or booking.ends_at is None:
        return led(request, f"/my/bookings/{booking.id}")
    return _move_page(request, session, booking, blank(TimeForm))


def _move_page(
    request: Request, session: Session, booking: Booking, refused: Filled[TimeForm]
) -> HTMLResponse:
    own = (booking.begins_at, booking.ends_at) if booking.ends_at is not None else None
    look = Look(terms_of(session, booking.space_id), now(), without=booking.id, own=own)
    wanted = filled(LookForm, asked(request))
    if "minutes" not in wanted.given and booking.ends_at is not None:
        minutes = (booking.ends_at - booking.begins_at) // timedelta(minutes=1)
        wanted = filled(LookForm, FormData({**request.query_params, "minutes": str(minutes)}))
    during = Range(*((refused.value.begins, refused.value.ends) if refused.value else (None, None)))
    helps = any(wrong.kind in ANOTHER_TIME_HELPS for wrong in refused.summary)
    near = nearest_slots(session, look, during) if helps else []
    return page(
        request,
        "spaces/move.html",
        status=refused.status,
        booking=booking,
        space=booking.space,
        terms=look.terms,
        me=booking.person,
        holds=[],
        refused=refused,
        nearest=as_starts(window for window in near if window != own),
        **times_to_choose(session, look, wanted),
    )


@router.post("/my/bookings/{booking_id:uuid}/move")
def move_booking(
    request: Request, booking: MyBooking, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Take another time instead."""
    form = filled(TimeForm, sent)
    if (wish := form.value) is not None:
        with form.attempt(session):
            if (wish.begins, wish.ends) == (booking.begins_at, booking.ends_at):
                raise AlreadyThen
            move(session, booking, Wish(Range(wish.begins, wish.ends)), at=now())
            return led(request, f"/my/bookings/{booking.id}", "spaces.moved")
        session.refresh(booking)
    return _move_page(request, session, booking, form)


@router.post("/my/bookings/{booking_id:uuid}/cancel")
def cancel_booking(
    request: Request, booking: MyBooking, session: DbSession, _once: Once
) -> Response:
    """Give it up."""
    cancel(session, booking, at=now())
    return led(request, "/my/bookings", "spaces.cancelled")


@router.post("/my/bookings/{booking_id:uuid}/release")
def let_go(request: Request, booking: MyBooking, session: DbSession, _once: Once) -> Response:
    """Give up what is held, to choose another time."""
    cancel(session, booking, at=now())
    return led(request, f"/book/{booking.space_id}")


@router.post("/my/series/{series_id:uuid}/cancel")
def cancel_all(request: Request, series: MySeries, session: DbSession, _once: Once) -> Response:
    """Give up all that can still be given up."""
    cancel_series(session, series, at=now())
    return led(request, "/my/bookings", "spaces.cancelled")


@router.post("/my/bookings/{booking_id:uuid}/notice")
def end_desk(
    request: Request, booking: MyBooking, me: Acting, session: DbSession, _once: Once
) -> Response:
    """Give up a desk by the month, as soon as its terms allow."""
    give_notice(session, booking, at=now(), by=me)
    return led(request, f"/my/bookings/{booking.id}", "spaces.noticed")


@router.post("/my/bookings/{booking_id:uuid}/here")
def come(
    request: Request, booking: MyBooking, me: Acting, session: DbSession, _once: Once
) -> Response:
    """Say that one is there."""
    check_in(session, booking, booking.code, at=now(), by=me)
    return led(request, f"/my/bookings/{booking.id}", "spaces.came")


@router.post("/my/waiting/{waiting_id:uuid}/leave")
def wait_no_more(request: Request, waiting: MyWaiting, session: DbSession, _once: Once) -> Response:
    """Wait for it no longer."""
    leave(session, waiting, at=now())
    return led(request, "/my/bookings", "spaces.left")
