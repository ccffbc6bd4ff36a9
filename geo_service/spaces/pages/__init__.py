"""Spaces on the screen: finding out, booking, one's own bookings, and the office's side."""

from fastapi import APIRouter

from geo_service.spaces.pages import (
    calendars,
    changing,
    choosing,
    desk,
    finishing,
    holding,
    mine,
    proving,
    space,
    subscribing,
)

router = APIRouter()
for part in (
    space,
    choosing,
    holding,
    subscribing,
    calendars,
    finishing,
    changing,
    proving,
    mine,
    desk,
):
    router.routes.extend(part.router.routes)
