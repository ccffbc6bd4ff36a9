"""Meetings on the screen: for everybody, for who proposes them, for the dong's office."""

from fastapi import APIRouter

from geo_service.meetings.pages import joining, mine, office, proposing, reading, records

router = APIRouter()
for part in (proposing, reading, joining, mine, office, records):
    router.routes.extend(part.router.routes)
