"""What is kept about somebody who books rooms and desks."""

from uuid import UUID

from sqlalchemy import Select, func, select

from geo_service.offices.models import Office
from geo_service.spaces.models import (
    Booking,
    Event,
    Feed,
    QuotaUse,
    Series,
    Space,
    Strike,
    Waiting,
)

_SPACE = Space.title.label("space")


def bookings(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Every booking, by the hour and by the month. Order: by time."""
    return (
        select(
            _SPACE,
            Booking.unit_no,
            Booking.use,
            Booking.during,
            Booking.state,
            Booking.held_until,
            Booking.checked_in_at,
            Booking.code,
            Booking.price_won,
            Booking.purpose,
            Booking.people,
            Booking.series_id,
            Booking.made_at,
        )
        .join(Space, Space.id == Booking.space_id)
        .where(Booking.person_id == person_id)
        .order_by(func.lower(Booking.during), Booking.id)
    )


def booking_history(person_id: UUID) -> Select[*tuple[object, ...]]:
    """What happened to them, and reasons that officers gave. Order: as it happened."""
    return (
        select(_SPACE, Event.at, Event.deed, Event.state, Event.during, Event.words)
        .select_from(Event)
        .join(Booking, Booking.id == Event.booking_id)
        .join(Space, Space.id == Booking.space_id)
        .where(Booking.person_id == person_id)
        .order_by(Event.id)
    )


def series(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Bookings that repeat. Order: as they were made."""
    return (
        select(_SPACE, Series.id.label("series_id"), Series.times, Series.made_at)
        .join(Space, Space.id == Series.space_id)
        .where(Series.person_id == person_id)
        .order_by(Series.made_at, Series.id)
    )


def waiting(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Times they waited for. Order: since when."""
    return (
        select(_SPACE, Waiting.during, Waiting.since, Waiting.state)
        .join(Space, Space.id == Waiting.space_id)
        .where(Waiting.person_id == person_id)
        .order_by(Waiting.since, Waiting.id)
    )


def no_shows(person_id: UUID) -> Select[*tuple[object, ...]]:
    """Bookings to which they did not come, until that is forgiven. Order: as it was noted."""
    return (
        select(Office.name.label("office"), Strike.given_at, Strike.expires_at)
        .join(Office, Office.id == Strike.office_id)
        .where(Strike.person_id == person_id)
        .order_by(Strike.given_at)
    )


def quotas(person_id: UUID) -> Select[*tuple[object, ...]]:
    """How much they booked in each week and month. Order: by its first day."""
    return (
        select(_SPACE, QuotaUse.period, QuotaUse.begins_on, QuotaUse.bookings, QuotaUse.minutes)
        .join(Space, Space.id == QuotaUse.space_id)
        .where(QuotaUse.person_id == person_id)
        .order_by(QuotaUse.begins_on, QuotaUse.period, Space.id)
    )


def calendar(person_id: UUID) -> Select[*tuple[object, ...]]:
    """That they have a private calendar address, whose word nobody keeps."""
    return select(Feed.made_at).where(Feed.person_id == person_id)
