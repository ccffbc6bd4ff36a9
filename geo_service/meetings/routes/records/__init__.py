"""The records of a meeting as JSON: agenda, minutes, decisions, tasks."""

from fastapi import APIRouter

from geo_service.meetings.routes.records import agenda, deciding, doing, minutes, reading

router = APIRouter()
for part in (reading, agenda, minutes, deciding, doing):
    router.routes.extend(part.router.routes)
