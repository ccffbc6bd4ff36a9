"""Applications on the screen: applying, one's own, the office's, and lotteries for everybody."""

from fastapi import APIRouter

from geo_service.hiring.pages import applying, deciding, desk, draws, mine

router = APIRouter()
for part in (applying, mine, desk, deciding, draws):
    router.routes.extend(part.router.routes)
