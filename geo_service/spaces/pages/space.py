"""One space on the screen, and when it can be had next."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.listings.queries.surroundings import surroundings
from geo_service.spaces.access import TheSpace
from geo_service.spaces.models import Space, Terms, Use
from geo_service.spaces.queries import parts_of, the_space
from geo_service.spaces.queries.free import Look, next_slots
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.queries.starting import Start
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/spaces/{space_id:uuid}")
def space_page(request: Request, space: TheSpace, session: ReadSession) -> HTMLResponse:
    """What it is, what it costs, when it is open, and how to book it."""
    at = now()
    homepage = space.homepage or ""
    whole = space.part_of_id and session.scalar(the_space(space.part_of_id), {"at": at})
    return page(
        request,
        "spaces/space.html",
        **surroundings(session, space, at=at),
        whole=whole,
        parts=session.scalars(parts_of(space), {"at": at}).all(),
        phone=space.phone or space.office.phone,
        today=korean_day(at),
        **_booking(session, space, at),
        homepage=homepage if homepage.startswith(("https://", "http://")) else None,
    )


def _booking(session: Session, space: Space, at: datetime) -> dict[str, Any]:
    """On what `terms` it is booked here, if it is, and the `next_slot` that can be had."""
    terms = session.get(Terms, space.id)
    if terms is None or not terms.bookable or space.is_over(at):
        return {"terms": None, "next_slot": None}
    if terms.use is Use.MONTHLY:
        return {"terms": terms, "next_slot": None}
    soonest = next_slots(session, Look(terms, at), terms.min_minutes, 1)
    return {"terms": terms, "next_slot": Start(*soonest[0]) if soonest else None}
