"""The space, the booking, the series that a door is about."""

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Select
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, SignedIn
from geo_service.clock import now
from geo_service.errors import NotFound
from geo_service.offices.access import ActingDesk, Desk
from geo_service.spaces.models import Booking, Series, Space, Terms, Waiting
from geo_service.spaces.queries import the_space
from geo_service.spaces.queries.bookings import (
    my_booking,
    my_place_in_line,
    my_series,
    office_booking,
    office_space,
)
from geo_service.spaces.workflow.house import terms_of
from geo_service.web.session import DbSession, ReadSession


class NoSuchSpace(NotFound):
    """There is no such space."""

    korean = "그런 공간이 없어요."


class NoSuchBooking(NotFound):
    """There is no such booking."""

    korean = "그런 예약이 없어요."


Row = TypeVar("Row", Space, Booking, Series, Waiting)


def _found(session: Session, query: Select[Row], missing: type[NotFound]) -> Row:
    row = session.scalar(query)
    if row is None:
        raise missing
    return row


def _the_space(space_id: UUID, session: ReadSession) -> Space:
    space = session.scalar(the_space(space_id), {"at": now()})
    if space is None:
        raise NoSuchSpace
    return space


TheSpace = Annotated[Space, Depends(_the_space)]
"""One that everybody may see. Raises: NoSuchSpace."""


def _the_terms(space: TheSpace, session: ReadSession) -> Terms:
    return terms_of(session, space.id)


TheTerms = Annotated[Terms, Depends(_the_terms)]
"""On what terms it is booked. Raises: NoSuchSpace, NotBookable."""


def _the_office_space(space_id: UUID, desk: Desk, session: ReadSession) -> Space:
    return _found(session, office_space(desk.offices, space_id), NoSuchSpace)


TheOfficeSpace = Annotated[Space, Depends(_the_office_space)]
"""One of one's own office, to look at. Raises: NoSuchSpace."""


def _our_space(space_id: UUID, desk: ActingDesk, session: DbSession) -> Space:
    return _found(session, office_space(desk.offices, space_id), NoSuchSpace)


OurSpace = Annotated[Space, Depends(_our_space)]
"""One of one's own office, to change. Raises: NoSuchSpace."""


def _the_booking(booking_id: UUID, me: SignedIn, session: ReadSession) -> Booking:
    return _found(session, my_booking(me.id, booking_id), NoSuchBooking)


def _my_booking(booking_id: UUID, me: Acting, session: DbSession) -> Booking:
    return _found(session, my_booking(me.id, booking_id), NoSuchBooking)


TheBooking = Annotated[Booking, Depends(_the_booking)]
"""One's own, to look at. Raises: NoSuchBooking."""

MyBooking = Annotated[Booking, Depends(_my_booking)]
"""One's own, to change. Raises: NoSuchBooking."""


def _the_series(series_id: UUID, me: SignedIn, session: ReadSession) -> Series:
    return _found(session, my_series(me.id, series_id), NoSuchBooking)


def _my_series(series_id: UUID, me: Acting, session: DbSession) -> Series:
    return _found(session, my_series(me.id, series_id), NoSuchBooking)


TheSeries = Annotated[Series, Depends(_the_series)]
"""One's own, to look at. Raises: NoSuchBooking."""

MySeries = Annotated[Series, Depends(_my_series)]
"""One's own, to change. Raises: NoSuchBooking."""


def _my_waiting(waiting_id: UUID, me: Acting, session: DbSession) -> Waiting:
    return _found(session, my_place_in_line(me.id, waiting_id), NoSuchBooking)


MyWaiting = Annotated[Waiting, Depends(_my_waiting)]
"""One's own place in a waiting list. Raises: NoSuchBooking."""


def _the_office_booking(booking_id: UUID, desk: Desk, session: ReadSession) -> Booking:
    return _found(session, office_booking(desk.offices, booking_id), NoSuchBooking)


def _our_booking(booking_id: UUID, desk: ActingDesk, session: DbSession) -> Booking:
    return _found(session, office_booking(desk.offices, booking_id), NoSuchBooking)


TheOfficeBooking = Annotated[Booking, Depends(_the_office_booking)]
"""One in a space of one's own office, to look at. Raises: NoSuchBooking."""

OurBooking = Annotated[Booking, Depends(_our_booking)]
"""One in a space of one's own office, to decide about. Raises: NoSuchBooking."""
