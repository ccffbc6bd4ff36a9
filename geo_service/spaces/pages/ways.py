"""What every page of bookings needs: its router, the way on, the space to book."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from geo_service.clock import now
from geo_service.spaces.access import NoSuchSpace
from geo_service.spaces.models import Space, Terms
from geo_service.spaces.queries import the_space
from geo_service.spaces.workflow.house import terms_of
from geo_service.web.idempotency import OnceRoute

ANOTHER_TIME_HELPS = {
    "slot-is-taken",
    "time-has-passed",
    "too-soon",
    "too-far-ahead",
    "closed-that-day",
    "outside-hours",
    "off-the-clock",
}
"""Refusals after which free times are worth offering."""


def pages() -> APIRouter:
    """Doors for people; what they send twice is done once."""
    return APIRouter(
        default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
    )


def space_to_book(session: Session, space_id: UUID) -> tuple[Space, Terms]:
    """One that everybody may see, and its terms. Raises: NoSuchSpace, NotBookable."""
    space = session.scalar(the_space(space_id), {"at": now()})
    if space is None:
        raise NoSuchSpace
    return space, terms_of(session, space.id)


def asked(request: Request) -> FormData:
    """What a question of the address holds, to be read like a form."""
    said: list[tuple[str, UploadFile | str]] = [*request.query_params.multi_items()]
    return FormData(said)
