"""One space on the screen."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.listings.queries.surroundings import surroundings
from geo_service.spaces.access import TheSpace
from geo_service.spaces.queries import parts_of, the_space
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
        homepage=homepage if homepage.startswith(("https://", "http://")) else None,
    )
