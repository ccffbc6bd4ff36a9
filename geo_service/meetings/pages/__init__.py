"""Meetings on the screen."""

from fastapi import APIRouter

from geo_service.meetings.pages import records

router = APIRouter()
router.include_router(records.router)
