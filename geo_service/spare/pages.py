"""Two free hours, on one page."""

from typing import Annotated, Any, Literal, Self
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, field_validator, model_validator
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.geo.walking import Pace
from geo_service.listings.queries.spots import NOWHERE, Spot, dongs, spots_named, starting_point
from geo_service.spaces.queries.opening import korean_day
from geo_service.spare.models import Asking
from geo_service.spare.queries import chances, next_chance
from geo_service.web.params import Latitude, Longitude, Words
from geo_service.web.render import page
from geo_service.web.session import ReadSession

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

LENGTHS = ("60", "120", "180", "240")


class Wish(BaseModel):
    """What somebody asks of this page: exactly its address."""

    model_config = ConfigDict(frozen=True)

    place: Words = ""
    """A dong, an office or an address, in words."""
    lat: Latitude | None = None
    lng: Longitude | None = None
    minutes: Literal["60", "120", "180", "240"] = "120"
    pace: Pace = Pace.USUAL

    @field_validator("lat", "lng", mode="before")
    @classmethod
    def _untold(cls, degrees: object) -> object:
        """Without scripts a form cannot tell where it is, and sends nothing in their place."""
        return None if degrees == "" else degrees

    @field_validator("lat", "lng")
    @classmethod
    def _roughly(cls, degrees: float | None) -> float | None:
        """To eleven metres, as the home page does."""
        return degrees if degrees is None else round(degrees, 4)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.lat is None) != (self.lng is None):
            raise ValueError("lat and lng belong together")
        return self

    def kept(self, **changes: Any) -> list[tuple[str, str]]:
        """What a form or link that changes this much carries along: all that is not usual."""
        said = self.model_dump(mode="json") | changes
        usual = {name: field.default for name, field in type(self).model_fields.items()}
        return [(n, str(v)) for n, v in said.items() if v not in (None, "", usual[n])]

    def address(self, **changes: Any) -> str:
        """This wish with changes, as a link on the page that shows it."""
        return "?" + urlencode(self.kept(**changes))


def _spot(session: Session, wish: Wish) -> tuple[Spot, bool]:
    """Where to look, and whether the words that were typed name it."""
    if wish.lat is not None and wish.lng is not None:
        return Spot("", Place(wish.lat, wish.lng)), True
    if named := wish.place and spots_named(session, wish.place):
        return named[0], True
    start = starting_point(session) or next(iter(dongs(session)), NOWHERE)
    return start, not wish.place


@router.get("/now")
def now_page(
    request: Request, wish: Annotated[Wish, Query()], session: ReadSession
) -> HTMLResponse:
    """What can be begun now within a walk, and what comes next where there is nothing."""
    at = now()
    spot, is_known = _spot(session, wish)
    asking = Asking(spot.place, int(wish.minutes), at, wish.pace)
    found = chances(session, asking)
    return page(
        request,
        "spare/now.html",
        wish=wish,
        spot=spot,
        is_known=is_known,
        asking=asking,
        lengths=LENGTHS,
        chances=found,
        coming=None if found else next_chance(session, asking),
        today=korean_day(at),
        day_of=korean_day,
        dongs=[choice.name for choice in dongs(session)],
    )
