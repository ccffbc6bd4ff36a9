"""One space on the screen."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from geo_service.clock import now
from geo_service.errors import NotFound
from geo_service.listings.queries.surroundings import surroundings
from geo_service.spaces.models import Space
from geo_service.spaces.queries import parts_of, the_space
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


class NoSuchSpace(NotFound):
    """There is no such space."""


def _the_space(space_id: UUID, session: ReadSession) -> Space:
    space = session.scalar(the_space(space_id), {"at": now()})
    if space is None:
        raise NoSuchSpace
    return space


TheSpace = Annotated[Space, Depends(_the_space)]


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
