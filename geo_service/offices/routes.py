"""The areas API once more: around a place, and who answers there (which areas do not know)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from geo_service.areas.queries import areas_around, today, told_in_full
from geo_service.areas.schemas import AreaOut
from geo_service.geo.place import Place
from geo_service.offices.schemas import AreasAtOut, CentreOut, PlaceQuery
from geo_service.offices.workflow import centre_for
from geo_service.web.caching import kept
from geo_service.web.session import ReadSession

router = APIRouter(prefix="/api/v1/areas", tags=["areas"])


@router.get(
    "/at",
    responses={
        200: {"model": AreasAtOut},
        304: {"description": "What you have is still true."},
    },
)
def areas_at(
    request: Request, query: Annotated[PlaceQuery, Query()], session: ReadSession
) -> Response:
    """The dong, the district and the dong centre of a place; nothing where nothing is known."""
    on, place = today(), Place(query.lat, query.lng)
    rows = session.scalars(told_in_full(areas_around(place, on=on)))
    areas = [AreaOut.of(area, on=on) for area in rows]
    duty = centre_for(session, place, on=on)
    centre = duty and CentreOut.of(duty.office, duty.dong, confirmed=duty.confirmed)
    answer = AreasAtOut(areas=areas, centre=centre)
    return kept(request, answer.model_dump_json().encode(), "application/json")
