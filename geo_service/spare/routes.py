"""Two free hours, for programs."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.spare.models import Asking
from geo_service.spare.queries import chances, next_chance
from geo_service.spare.schemas import ChanceFeature, Chances, NowQuery
from geo_service.web.caching import GeoJSON
from geo_service.web.session import ReadSession

router = APIRouter(prefix="/api/v1", tags=["listings"], default_response_class=GeoJSON)


@router.get("/now", responses={200: {"model": Chances}})
def chances_now(query: Annotated[NowQuery, Query()], session: ReadSession) -> Response:
    """Jobs and rooms that fit into the time from now on, nearest first, as GeoJSON."""
    asking = Asking(Place(query.lat, query.lng), query.minutes, now(), query.pace)
    found = chances(session, asking)
    coming = None if found else next_chance(session, asking)
    told = Chances(
        numberReturned=len(found),
        features=[ChanceFeature.of(one) for one in found],
        next=coming and ChanceFeature.of(coming),
    )
    headers = {"Cache-Control": "no-store"}
    return Response(told.model_dump_json(), media_type=GeoJSON.media_type, headers=headers)
