"""Meetings as JSON."""

from fastapi import APIRouter

from geo_service.meetings.routes import joining, organising, reading, records

router = APIRouter()
for part in (reading, joining, organising, records):
    router.routes.extend(part.router.routes)
