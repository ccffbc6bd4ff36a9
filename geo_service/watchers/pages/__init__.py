"""Watchers on the screen: joining, one's own, cards that are shown and read, and the office's."""

from fastapi import APIRouter

from geo_service.watchers.pages import cards, joining, mine, reading
from geo_service.watchers.pages.desk import benefits, members, plans

router = APIRouter()
for part in (joining, mine, cards, reading, members, plans, benefits):
    router.routes.extend(part.router.routes)
