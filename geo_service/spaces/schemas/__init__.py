"""Bookings as JSON."""

from geo_service.spaces.schemas.said import (
    Code,
    CodeIn,
    Day,
    HoldIn,
    Minutes,
    MoveIn,
    ReasonIn,
    SeriesIn,
    SubscriptionIn,
    WaitIn,
)
from geo_service.spaces.schemas.terms import TermsIn, TermsOut
from geo_service.spaces.schemas.told import (
    BookingHistoryOut,
    BookingOut,
    FreeOut,
    OfficeBookingOut,
    SeriesOut,
    SlotOut,
    WaitingOut,
)

__all__ = [
    "BookingHistoryOut",
    "BookingOut",
    "Code",
    "CodeIn",
    "Day",
    "FreeOut",
    "HoldIn",
    "Minutes",
    "MoveIn",
    "OfficeBookingOut",
    "ReasonIn",
    "SeriesIn",
    "SeriesOut",
    "SlotOut",
    "SubscriptionIn",
    "TermsIn",
    "TermsOut",
    "WaitIn",
    "WaitingOut",
]
