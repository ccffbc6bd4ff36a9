"""Questions about bookings: one's own, an office's, and whose a slot is."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import contains_eager

from geo_service.spaces.models import (
    Booking,
    Event,
    Series,
    Space,
    State,
    Use,
    Wait,
    Waiting,
)
from geo_service.spaces.queries.opening import midnight

MOST = 200
"""No page and no answer tells more bookings than this."""

BEFORE_AND_AFTER = timedelta(minutes=30)
"""So long around its time a code still tells whose slot it is."""


def my_bookings(person_id: UUID, *, since: datetime) -> Select[Booking]:
    """What somebody has booked by the hour and has not ended before that; order: by time."""
    return (
        select(Booking)
        .where(
            Booking.person_id == person_id,
            Booking.use == Use.HOURLY,
            func.upper(Booking.during) > since,
        )
        .order_by(func.lower(Booking.during), Booking.id)
        .limit(MOST)
    )


def my_booking(person_id: UUID, booking_id: UUID) -> Select[Booking]:
    """One booking, if it is theirs."""
    return select(Booking).where(Booking.id == booking_id, Booking.person_id == person_id)


def my_holds(person_id: UUID, space_id: UUID, *, at: datetime) -> Select[Booking]:
    """What somebody holds of a space and has not confirmed, but for what they waited for."""
    offered = exists().where(Waiting.booking_id == Booking.id, Waiting.state == Wait.OFFERED)
    return (
        select(Booking)
        .where(
            Booking.person_id == person_id,
            Booking.space_id == space_id,
            Booking.state == State.HELD,
            Booking.held_until > at,
            ~offered,
        )
        .order_by(func.lower(Booking.during), Booking.id)
        .limit(MOST)
    )


def my_subscriptions(person_id: UUID) -> Select[Booking]:
    """Every monthly desk somebody has or had; order: the latest first."""
    return (
        select(Booking)
        .where(Booking.person_id == person_id, Booking.use == Use.MONTHLY)
        .order_by(func.lower(Booking.during).desc(), Booking.id)
        .limit(MOST)
    )


def my_series(person_id: UUID, series_id: UUID) -> Select[Series]:
    """One series, if it is theirs."""
    return select(Series).where(Series.id == series_id, Series.person_id == person_id)


def all_my_series(person_id: UUID) -> Select[Series]:
    """Every series of somebody; order: the latest first."""
    return (
        select(Series)
        .where(Series.person_id == person_id)
        .order_by(Series.made_at.desc(), Series.id)
        .limit(MOST)
    )


def bookings_of(series_id: UUID) -> Select[Booking]:
    """All bookings of a series; order: by time."""
    return (
        select(Booking).where(Booking.series_id == series_id).order_by(func.lower(Booking.during))
    )


def my_waiting(person_id: UUID) -> Select[Waiting]:
    """What somebody waits for, or was offered; order: by time."""
    return (
        select(Waiting)
        .where(
            Waiting.person_id == person_id,
            Waiting.state.in_([Wait.WAITING, Wait.OFFERED]),
        )
        .order_by(func.lower(Waiting.during), Waiting.id)
        .limit(MOST)
    )


def my_place_in_line(person_id: UUID, waiting_id: UUID) -> Select[Waiting]:
    """One of them, if it is theirs."""
    return select(Waiting).where(Waiting.id == waiting_id, Waiting.person_id == person_id)


def office_bookings(offices: Collection[UUID], during: Range[datetime]) -> Select[Booking]:
    """Live bookings and no-shows in the spaces of offices; order: by space, then by time."""
    return (
        select(Booking)
        .join(Booking.space)
        .options(contains_eager(Booking.space))
        .where(
            Space.office_id.in_(list(offices)),
            Booking.during.overlaps(during),
            Booking.state.in_(
                [State.HELD, State.ASKED, State.CONFIRMED, State.CHECKED_IN, State.NO_SHOW]
            ),
        )
        .order_by(Space.title, Space.id, func.lower(Booking.during), Booking.unit_no)
        .limit(MOST)
    )


def requests_to(offices: Collection[UUID]) -> Select[Booking]:
    """What officers of these offices have to decide; order: what begins first."""
    return (
        select(Booking)
        .join(Booking.space)
        .options(contains_eager(Booking.space))
        .where(Space.office_id.in_(list(offices)), Booking.state == State.ASKED)
        .order_by(func.lower(Booking.during), Booking.id)
        .limit(MOST)
    )


def office_booking(offices: Collection[UUID], booking_id: UUID) -> Select[Booking]:
    """One booking, if it is in a space of these offices."""
    return (
        select(Booking)
        .join(Booking.space)
        .options(contains_eager(Booking.space))
        .where(Booking.id == booking_id, Space.office_id.in_(list(offices)))
    )


def office_space(offices: Collection[UUID], space_id: UUID) -> Select[Space]:
    """One space, if it belongs to these offices."""
    return select(Space).where(Space.id == space_id, Space.office_id.in_(list(offices)))


def events_of(booking_id: UUID) -> Select[Event]:
    """What happened to a booking; order: as it happened."""
    return select(Event).where(Event.booking_id == booking_id).order_by(Event.id)


def slot_of(space_id: UUID, code: str, *, at: datetime) -> Select[Booking]:
    """Whose slot it is now, or in a moment, or was a moment ago: proof by the code."""
    near = Range(at - BEFORE_AND_AFTER, at + BEFORE_AND_AFTER)
    return select(Booking).where(
        Booking.space_id == space_id,
        Booking.code == code,
        Booking.during.overlaps(near),
        Booking.state.in_([State.CONFIRMED, State.CHECKED_IN]),
    )


def office_spaces(offices: Collection[UUID]) -> Select[Space]:
    """Every space of these offices, also those nobody sees; order: by title."""
    return (
        select(Space)
        .where(Space.office_id.in_(list(offices)))
        .order_by(Space.title, Space.id)
        .limit(MOST)
    )


def bookings_on(space_id: UUID, day: date) -> Select[Booking]:
    """What stands in the way of closing a space for a day; order: by time."""
    during = Range(midnight(day), midnight(day + timedelta(days=1)))
    return (
        select(Booking)
        .where(
            Booking.space_id == space_id,
            Booking.use == Use.HOURLY,
            Booking.during.overlaps(during),
            Booking.state.in_([State.ASKED, State.CONFIRMED, State.CHECKED_IN]),
        )
        .order_by(func.lower(Booking.during))
    )


def expected_with(offices: Collection[UUID], code: str, during: Range[datetime]) -> Select[Booking]:
    """Whoever may come to these offices with that number; order: by time."""
    return office_bookings(offices, during).where(
        Booking.code == code, Booking.state.in_([State.CONFIRMED, State.CHECKED_IN])
    )
