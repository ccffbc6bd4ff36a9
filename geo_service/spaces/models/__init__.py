"""A space, on what terms it may be booked, and who has it when."""

from geo_service.spaces.models.booking import (
    LIVE,
    WHOLE,
    Booking,
    Claim,
    Series,
    State,
)
from geo_service.spaces.models.feed import Feed
from geo_service.spaces.models.record import Event, QuotaUse, Strike
from geo_service.spaces.models.space import Space
from geo_service.spaces.models.terms import Period, Terms, Use, Who
from geo_service.spaces.models.waiting import Wait, Waiting
from geo_service.spaces.models.wish import Wish

__all__ = [
    "LIVE",
    "WHOLE",
    "Booking",
    "Claim",
    "Event",
    "Feed",
    "Period",
    "QuotaUse",
    "Series",
    "Space",
    "State",
    "Strike",
    "Terms",
    "Use",
    "Wait",
    "Waiting",
    "Who",
    "Wish",
]
