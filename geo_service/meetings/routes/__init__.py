"""Meetings as JSON."""

from fastapi import APIRouter

from geo_service.meetings.routes import records

router = APIRouter()
router.include_router(records.router)
