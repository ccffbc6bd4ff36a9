"""Cases on the screen: the board, one case, surveys; and for leads, sums and who looked."""

from fastapi import APIRouter

from geo_service.cases.pages import board, case, deeds, households, leading, reports, surveys

router = APIRouter()
for part in (board, reports, case, deeds, surveys, households, leading):
    router.routes.extend(part.router.routes)
