"""Telling, the conversation that follows, and one's own reports."""

from fastapi import APIRouter

from geo_service.reports.pages import mine, photo, receipt, sending, telling, where

router = APIRouter()
for part in (sending, photo, where, receipt, telling, mine):
    router.routes.extend(part.router.routes)
