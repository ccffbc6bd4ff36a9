"""One's own bookings."""

from fastapi import APIRouter

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.clock import now
from geo_service.spaces.access import MyBooking, TheBooking
from geo_service.spaces.queries.bookings import events_of, my_bookings
from geo_service.spaces.schemas import BookingHistoryOut, BookingOut, CodeIn, HoldIn, MoveIn
from geo_service.spaces.workflow.changing import cancel, move
from geo_service.spaces.workflow.holding import book, confirm, hold
from geo_service.spaces.workflow.presence import check_in
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1/bookings", tags=["bookings"], route_class=OnceRoute)


@router.get("")
def read_bookings(me: SignedIn, session: ReadSession) -> list[BookingOut]:
    """What one has booked and what is not over yet, in the order of time."""
    return [BookingOut.of(b) for b in session.scalars(my_bookings(me.id, since=now()))]


@router.post("", status_code=201)
def hold_or_book(said: HoldIn, me: Acting, session: DbSession, _once: Once) -> BookingOut:
    """Hold a time for ten minutes, or book it at once."""
    deed = book if said.confirm else hold
    return BookingOut.of(deed(session, said.space_id, me, said.wish, at=now()))


@router.get("/{booking_id}")
def read_booking(booking: TheBooking, session: ReadSession) -> BookingHistoryOut:
    """One booking, and what happened to it."""
    return BookingHistoryOut.told(booking, session.scalars(events_of(booking.id)))


@router.patch("/{booking_id}")
def move_booking(said: MoveIn, booking: MyBooking, session: DbSession) -> BookingOut:
    """Another time, or another desk."""
    move(session, booking, said.wish, at=now())
    return BookingOut.of(booking)


@router.delete("/{booking_id}", status_code=204)
def cancel_booking(booking: MyBooking, session: DbSession) -> None:
    """Give it up."""
    cancel(session, booking, at=now())


@router.post("/{booking_id}/confirm")
def confirm_booking(booking: MyBooking, session: DbSession, _once: Once) -> BookingOut:
    """Take what one holds, or ask for it where an officer decides."""
    confirm(session, booking, at=now())
    return BookingOut.of(booking)


@router.post("/{booking_id}/check-in")
def come(
    said: CodeIn, booking: MyBooking, me: Acting, session: DbSession, _once: Once
) -> BookingOut:
    """Say that one is there."""
    check_in(session, booking, said.code, at=now(), by=me)
    return BookingOut.of(booking)
