"""Who works: the office's day, its pay sheet, and one's own shifts."""

from fastapi import APIRouter

from geo_service.shifts.pages import attendance, mine, pay

router = APIRouter()
for part in (attendance, pay, mine):
    router.routes.extend(part.router.routes)
