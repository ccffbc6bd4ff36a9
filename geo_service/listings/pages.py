"""The home page: what is within a walk, as a list beside a map."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator
from shapely import Point
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.geo.walking import Pace, walk_minutes
from geo_service.listings.models import Kind
from geo_service.listings.queries import Search, find
from geo_service.listings.queries.spots import NOWHERE, Spot, dongs, spots_named, starting_point
from geo_service.listings.queries.surroundings import outlines
from geo_service.web.params import Latitude, Longitude, Words
from geo_service.web.render import page
from geo_service.web.session import ReadSession
from geo_service.web.svgmap import draw

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

PAGE_SIZE = 50

LAST_SEEN = 100_000
"""Nobody turns pages longer than this; numbers beyond it are mistakes."""

OLDEST, LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Moments that somebody may have looked; calendars of holidays know them all."""


class Wish(BaseModel):
    """What somebody asks of the home page: exactly its address, so that it can be shared."""

    model_config = ConfigDict(frozen=True)

    place: Words = ""
    """A dong, an office or an address, in words."""
    lat: Latitude | None = None
    lng: Longitude | None = None
    kind: Literal["", "job", "space", "meeting"] = ""
    q: Words = ""
    open: Literal["", "now"] = ""
    pace: Pace = Pace.USUAL
    within: Literal["700", "1000"] = "700"
    """Metres; the second is as far as an empty circle may be widened."""
    after: Annotated[str, Field(max_length=200)] = ""
    """Where the page before ended."""
    seen: Annotated[int, Field(ge=0, le=LAST_SEEN)] = 0
    """How many listings the pages before held."""
    at: Annotated[AwareDatetime, Field(ge=OLDEST, le=LATEST)] | None = None
    """When the first page was asked for: later pages answer for the same moment."""

    @field_validator("lat", "lng")
    @classmethod
    def _roughly(cls, degrees: float | None) -> float | None:
        """To eleven metres: nobody needs to tell us more, and no link carries more on."""
        return degrees if degrees is None else round(degrees, 4)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.lat is None) != (self.lng is None):
            raise ValueError("lat and lng belong together")
        return self

    @property
    def within_m(self) -> int:
        """How far, in metres."""
        return int(self.within)

    @property
    def here(self) -> Place | None:
        """The very place, when somebody told it."""
        if self.lat is None or self.lng is None:
            return None
        return Place(self.lat, self.lng)

    @property
    def narrowed(self) -> int:
        """How many conditions differ from the usual."""
        return sum((bool(self.q), bool(self.open), self.pace != Pace.USUAL, self.within != "700"))

    def kept(self, **changes: Any) -> list[tuple[str, str]]:
        """What a form or link that changes this much must carry along: all that is not usual.

        Turning pages begins anew with every change.
        """
        turned = {"after": "", "seen": 0, "at": None} | changes
        said = self.model_dump(mode="json") | turned
        usual = {name: field.default for name, field in type(self).model_fields.items()}
        return [
            (name, str(value))
            for name, value in said.items()
            if value not in (None, "", usual[name])
        ]

    def address(self, **changes: Any) -> str:
        """This wish with changes, as a link on the page that shows it."""
        return "?" + urlencode(self.kept(**changes))


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where the search begins, and what to say about it."""

    name: str
    place: Place
    exact: bool = False
    """From a position; such pages belong into no index."""
    missed: str = ""
    """What was typed, when nothing bears that name."""
    others: tuple[str, ...] = ()
    """Further places of that name."""


def _standpoint(session: Session, wish: Wish, known: Iterable[Spot]) -> Standpoint:
    if wish.here:
        return Standpoint(name="", place=wish.here, exact=True)
    if named := wish.place and spots_named(session, wish.place):
        first, *others = named
        doubt = () if first.name == wish.place else tuple(spot.name for spot in others)
        return Standpoint(name=first.name, place=first.place, others=doubt)
    start = starting_point(session) or next(iter(known), NOWHERE)
    return Standpoint(name=start.name, place=start.place, missed=wish.place)


@router.get("/")
def home(request: Request, wish: Annotated[Wish, Query()], session: ReadSession) -> HTMLResponse:
    """What is around a place, nearest first."""
    at = now()
    choices = dongs(session)
    spot = _standpoint(session, wish, choices)
    moment = wish.at or at.replace(second=0, microsecond=0)
    search = Search(
        here=spot.place,
        within_m=wish.within_m,
        kinds=(Kind(wish.kind),) if wish.kind else (),
        words=wish.q,
        open_at=moment if wish.open else None,
        limit=PAGE_SIZE,
        pace=wish.pace,
    )
    found = find(session, search, at=at, cursor=wish.after or None)
    features = found.features
    areas = outlines(session, spot.place, wish.within_m)
    point = Point(spot.place.lng, spot.place.lat)
    return page(
        request,
        "listings/home.html",
        wish=wish,
        spot=spot,
        minutes=walk_minutes(wish.within_m, wish.pace),
        dongs=[choice.name for choice in choices],
        features=features,
        nearest_beyond=found.nearest_beyond,
        next_page=found.cursor and _next_page(wish, found.cursor, len(features), moment),
        is_urgent=lambda until: bool(until) and datetime.fromisoformat(until) > at,
        dong=next((name for name, outline in areas if outline.covers(point)), ""),
        map=draw(
            spot.place,
            wish.within_m,
            numbered=enumerate(features, wish.seen + 1),
            areas=areas,
            pace=wish.pace,
        ),
    )


def _next_page(wish: Wish, cursor: str, shown: int, moment: datetime) -> str:
    at = moment.isoformat() if wish.open else None
    return wish.address(after=cursor, seen=wish.seen + shown, at=at)
