"""The drawn map with a pin in its middle, as a picture to tap on."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from geo_service.geo.place import Place
from geo_service.jobs.pages.placing import AROUND_M, MAP_PX
from geo_service.listings.queries.surroundings import outlines
from geo_service.offices.access import Desk
from geo_service.web.i18n import language_of
from geo_service.web.params import Latitude, Longitude
from geo_service.web.render import Templates
from geo_service.web.session import ReadSession
from geo_service.web.svgmap import draw

router = APIRouter(include_in_schema=False)


@router.get("/office/jobs/map", response_class=Response)
def pin_map(
    request: Request,
    lat: Annotated[Latitude, Query()],
    lng: Annotated[Longitude, Query()],
    _desk: Desk,
    session: ReadSession,
) -> Response:
    """What lies around a place that is being chosen."""
    here = Place(lat, lng)
    templates: Templates = request.app.state.templates
    template = templates[language_of(request)].get_template("jobs/pin.svg")
    drawn = draw(here, AROUND_M, areas=outlines(session, here, AROUND_M))
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(
        template.render(map=drawn, px=MAP_PX), media_type="image/svg+xml", headers=headers
    )
