"""Jobs on the screen: for everybody, and for the office that writes them."""

from fastapi import APIRouter

from geo_service.jobs.pages import deeds, desk, importing, public, writing

router = APIRouter()
for part in (public, writing, desk, deeds, importing):
    router.routes.extend(part.router.routes)
