"""Two maps of the same published figures: for everybody, and for a district's lead."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.areas.models import Area
from geo_service.neighbourhoods.queries import (
    districts,
    districts_led_by,
    last_publication,
    neighbourhoods_in,
)
from geo_service.neighbourhoods.schemas import drawn
from geo_service.offices.access import Desk
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

Which = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
"""The district, by its number."""


@router.get("/neighbours")
def neighbours_page(request: Request, session: ReadSession, district: Which = None) -> HTMLResponse:
    """Where people are worried about neighbours, as far as a map may say it."""
    known = session.scalars(districts()).all()
    return page(request, "neighbourhoods/neighbours.html", **_shown(session, known, district))


@router.get("/office/figures/map")
def figures_map(
    request: Request, desk: Desk, session: ReadSession, district: Which = None
) -> HTMLResponse:
    """The same for the districts that one leads, with the homes behind each figure."""
    known = session.scalars(districts_led_by(desk.offices)).all()
    return page(request, "neighbourhoods/figures_map.html", **_shown(session, known, district))


def _shown(session: Session, known: Sequence[Area], district: int | None) -> dict[str, Any]:
    """Of the district that is asked for, or the first of those that are known."""
    chosen = next((area for area in known if area.id == district), known[0] if known else None)
    until = session.scalar(last_publication())
    rows = session.execute(neighbourhoods_in(chosen.id, until)).all() if chosen else []
    return {
        "districts": known,
        "district": chosen,
        "until": until,
        "drawing": drawn(rows),
        "rows": sorted(
            (row for row in rows if row[1]), key=lambda row: (-(row[1] or 0), row[0].name)
        ),
        "all": len(rows),
    }
