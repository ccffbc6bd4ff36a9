"""The areas API: which provinces, districts and dongs bear a name."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from geo_service.areas import queries
from geo_service.areas.schemas import AreaOut, AreasOut, AreasQuery
from geo_service.web.caching import kept
from geo_service.web.session import ReadSession

router = APIRouter(prefix="/api/v1/areas", tags=["areas"])


@router.get(
    "",
    responses={
        200: {"model": AreasOut},
        304: {"description": "What you have is still true."},
    },
)
def areas(
    request: Request, query: Annotated[AreasQuery, Query()], session: ReadSession
) -> Response:
    """Areas that bear a name or bore it; names and codes of before July 2026 still lead here."""
    on = queries.today()
    found = queries.areas_matching(query.q, level=query.level, on=on).limit(query.limit)
    rows = session.scalars(queries.told_in_full(found))
    answer = AreasOut(areas=[AreaOut.of(area, on=on) for area in rows])
    return kept(request, answer.model_dump_json().encode(), "application/json")
