"""Pages that explain, and the choice of letters."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from geo_service.web.reading import TextSize, remember, way_back
from geo_service.web.render import page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/help")
def help_page(request: Request) -> HTMLResponse:
    """How to use this, and whom to ask."""
    return page(request, "about/help.html")


@router.get("/privacy")
def privacy_page(request: Request) -> HTMLResponse:
    """What we learn about visitors, and what we do not."""
    return page(request, "about/privacy.html")


@router.get("/accessibility")
def accessibility_page(request: Request) -> HTMLResponse:
    """What we promise to people who see, hear, move or read differently."""
    return page(request, "about/accessibility.html")


@router.get("/text-size/{size}")
def choose_text_size(
    request: Request, size: TextSize, back: Annotated[str, Query(max_length=2000)] = "/"
) -> RedirectResponse:
    """Remember how large the letters shall be, and go back to where one was."""
    answer = RedirectResponse(way_back(back), status_code=303)
    remember(answer, size, secure=request.url.scheme == "https")
    answer.headers["Cache-Control"] = "no-store"
    return answer
