"""The board of a centre."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from geo_service.cases.pages.shown import shown
from geo_service.cases.workflow.board import board_of
from geo_service.clock import now
from geo_service.confidential.access import AsCaseworker

router = APIRouter(prefix="/office", default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/cases")
def board_page(request: Request, desk: AsCaseworker) -> HTMLResponse:
    """Every case in the list of its stage, and what nobody has taken up."""
    offices = desk.claims.offices
    desk.look_at_each("board", [(None, office) for office in offices], "board")
    return shown(
        request,
        "board",
        columns=board_of(desk.session, offices, at=now()),
        several=len(offices) > 1,
    )
