"""The office's side of spaces: bookings, the door, the counter, the inventory."""

from fastapi import APIRouter

from geo_service.spaces.pages.desk import calendar, counter, deciding, door, inventory, terms

router = APIRouter()
for part in (calendar, counter, door, deciding, inventory, terms):
    router.routes.extend(part.router.routes)
