"""Booking as JSON: for whoever looks, for whoever books, and for the office that decides."""

from fastapi import APIRouter

from geo_service.spaces.routes import bookings, desk, free, series, subscriptions, waiting

router = APIRouter()
for part in (free, bookings, series, subscriptions, waiting, desk):
    router.routes.extend(part.router.routes)
