"""The bookings in the spaces of one's office."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.dialects.postgresql import Range

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.offices.access import ActingDesk, Desk
from geo_service.spaces.access import OurBooking, TheOfficeBooking
from geo_service.spaces.queries.bookings import events_of, office_bookings, requests_to
from geo_service.spaces.queries.opening import korean_day, midnight
from geo_service.spaces.schemas import CodeIn, Day, OfficeBookingOut, ReasonIn
from geo_service.spaces.workflow.deciding import approve, call_off, decline
from geo_service.spaces.workflow.presence import check_in, forgive
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1/office", tags=["bookings"], route_class=OnceRoute)


class DaysQuery(BaseModel):
    """Which days."""

    from_: Annotated[Day | None, Field(alias="from", description="Today, if left out.")] = None
    days: Annotated[int, Field(ge=1, le=31)] = 1


@router.get("/bookings")
def read_office_bookings(
    query: Annotated[DaysQuery, Query()], desk: Desk, session: ReadSession
) -> list[OfficeBookingOut]:
    """The bookings of some days, by space and time."""
    first = query.from_ or korean_day(now())
    during = Range(midnight(first), midnight(first + timedelta(days=query.days)))
    found = session.scalars(office_bookings(desk.offices, during))
    return [OfficeBookingOut.seen(booking) for booking in found]


@router.get("/requests")
def read_requests(desk: Desk, session: ReadSession) -> list[OfficeBookingOut]:
    """What one has to decide, what begins first."""
    return [OfficeBookingOut.seen(b) for b in session.scalars(requests_to(desk.offices))]


@router.get("/bookings/{booking_id}")
def read_office_booking(booking: TheOfficeBooking, session: ReadSession) -> OfficeBookingOut:
    """One booking, and what happened to it."""
    return OfficeBookingOut.seen(booking, session.scalars(events_of(booking.id)))


@router.post("/bookings/{booking_id}/approve")
def say_yes(
    booking: OurBooking, desk: ActingDesk, session: DbSession, _once: Once
) -> OfficeBookingOut:
    """Say yes to a request."""
    approve(session, booking, at=now(), by=desk.person)
    return OfficeBookingOut.seen(booking)


@router.post("/bookings/{booking_id}/decline")
def say_no(
    said: ReasonIn, booking: OurBooking, desk: ActingDesk, session: DbSession, _once: Once
) -> OfficeBookingOut:
    """Say no to a request, and why."""
    decline(session, booking, at=now(), by=desk.person, words=said.words)
    return OfficeBookingOut.seen(booking)


@router.post("/bookings/{booking_id}/call-off")
def cancel_for_the_office(
    said: ReasonIn, booking: OurBooking, desk: ActingDesk, session: DbSession, _once: Once
) -> OfficeBookingOut:
    """Cancel a booking for the office, and say why."""
    call_off(session, booking, at=now(), by=desk.person, words=said.words)
    return OfficeBookingOut.seen(booking)


@router.post("/bookings/{booking_id}/check-in")
def see_them_come(
    said: CodeIn, booking: OurBooking, desk: ActingDesk, session: DbSession, _once: Once
) -> OfficeBookingOut:
    """Note that they came, with their code."""
    check_in(session, booking, said.code, at=now(), by=desk.person)
    return OfficeBookingOut.seen(booking)


@router.post("/bookings/{booking_id}/forgive")
def take_strike_back(
    booking: OurBooking, desk: ActingDesk, session: DbSession, _once: Once
) -> OfficeBookingOut:
    """Take a strike back."""
    forgive(session, booking, at=now(), by=desk.person)
    return OfficeBookingOut.seen(booking)
