"""The records of a meeting on the screen: agenda, minutes, decisions, tasks, prints."""

from fastapi import APIRouter

from geo_service.meetings.pages.records import (
    agenda,
    deciding,
    doing,
    looking_back,
    minutes,
    prints,
    reading,
    voting,
)

router = APIRouter()
for part in (agenda, minutes, deciding, voting, doing, looking_back, prints, reading):
    router.routes.extend(part.router.routes)
