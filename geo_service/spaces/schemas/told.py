"""What people are told of bookings, as JSON."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from geo_service.spaces.models import Booking, Event, Series, State, Use, Wait, Waiting

Window = tuple[datetime, datetime]


class WindowOut(BaseModel):
    """From when until when."""

    begins_at: datetime
    ends_at: datetime


class FreeOut(BaseModel):
    """When a space is free."""

    windows: list[WindowOut]
    """Each can be had from its beginning to its end."""
    slots: list[WindowOut]
    """Every time of the length that was asked for."""

    @classmethod
    def of(cls, windows: Iterable[Window], slots: Iterable[Window]) -> Self:
        """The same as JSON."""
        return cls(windows=_told(windows), slots=_told(slots))


def _told(windows: Iterable[Window]) -> list[WindowOut]:
    return [WindowOut(begins_at=begins, ends_at=ends) for begins, ends in windows]


class BookingOut(BaseModel):
    """A booking as its person sees it."""

    id: UUID
    space_id: UUID
    space: str
    unit_no: int
    use: Use
    state: State
    begins_at: datetime
    ends_at: datetime | None
    held_until: datetime | None
    checked_in_at: datetime | None
    series_id: UUID | None
    code: str
    price_won: int
    purpose: str
    people: int | None

    @classmethod
    def of(cls, booking: Booking) -> Self:
        """The same as JSON."""
        return cls(
            **{name: getattr(booking, name) for name in cls.model_fields if name != "space"},
            space=booking.space.title,
        )


class EventOut(BaseModel):
    """What happened to a booking."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    deed: str
    state: State
    words: str


class BookingHistoryOut(BookingOut):
    """A booking, and what happened to it."""

    events: list[EventOut]

    @classmethod
    def told(cls, booking: Booking, events: Iterable[Event]) -> Self:
        """The same as JSON."""
        history = [EventOut.model_validate(event) for event in events]
        return cls(**BookingOut.of(booking).model_dump(), events=history)


class OfficeBookingOut(BookingHistoryOut):
    """A booking as an officer sees it."""

    person: str

    @classmethod
    def seen(cls, booking: Booking, events: Iterable[Event] = ()) -> Self:
        """The same as JSON."""
        told = BookingHistoryOut.told(booking, events).model_dump()
        return cls(**told, person=booking.person.name)


class SeriesOut(BaseModel):
    """A series, and all its bookings."""

    id: UUID
    space_id: UUID
    times: int
    bookings: list[BookingOut]

    @classmethod
    def of(cls, series: Series, bookings: Iterable[Booking]) -> Self:
        """The same as JSON."""
        return cls(
            id=series.id,
            space_id=series.space_id,
            times=series.times,
            bookings=[BookingOut.of(booking) for booking in bookings],
        )


class WaitingOut(BaseModel):
    """A place in a waiting list; `booking_id` is what was offered."""

    id: UUID
    space_id: UUID
    begins_at: datetime
    ends_at: datetime
    state: Wait
    booking_id: UUID | None

    @classmethod
    def of(cls, waiting: Waiting) -> Self:
        """The same as JSON."""
        return cls.model_validate(
            {
                "id": waiting.id,
                "space_id": waiting.space_id,
                "begins_at": waiting.during.lower,
                "ends_at": waiting.during.upper,
                "state": waiting.state,
                "booking_id": waiting.booking_id,
            }
        )


class SlotOut(BaseModel):
    """Whether a code is that of a booking here and now; whose it is remains unsaid."""

    valid: bool
    at: datetime
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    unit_no: int | None = None
