"""The map as open data: what was published, and nothing that is counted when somebody asks."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from geo_service.areas.queries import area_by_code
from geo_service.neighbourhoods.queries import last_publication, neighbourhoods_in
from geo_service.neighbourhoods.schemas import NeighbourhoodFeature, Neighbourhoods
from geo_service.web.caching import GeoJSON, kept
from geo_service.web.session import ReadSession

router = APIRouter(prefix="/api/v1/open", tags=["open data"])


@router.get(
    "/neighbours",
    response_class=GeoJSON,
    responses={
        200: {"model": Neighbourhoods},
        304: {"description": "What you have is still true."},
    },
)
def neighbours(
    request: Request,
    session: ReadSession,
    district: Annotated[
        str, Query(pattern="^[0-9]{5}$", description="Its official code.", examples=["29200"])
    ],
) -> Response:
    """How often people were worried about a neighbour: by neighbourhoods, in multiples of five."""
    area = session.scalar(area_by_code(district))
    until = session.scalar(last_publication())
    rows = session.execute(neighbourhoods_in(area.id, until)) if area else ()
    answer = Neighbourhoods(until=until, features=[NeighbourhoodFeature.of(*row) for row in rows])
    return kept(request, answer.model_dump_json().encode())
