"""Where it is: a tap on the drawn map, the device's own place, or words.

The map is part of the page and not a picture with an address, so no place stands in any address.
"""

from base64 import b64encode
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.geo.place import NotOnEarth, Place
from geo_service.listings.queries.spots import Spot, spots_named, starting_point
from geo_service.listings.queries.surroundings import outlines
from geo_service.reports.pages.steps import WHERE, Said
from geo_service.reports.workflow.routing import dong_named
from geo_service.web.i18n import language_of
from geo_service.web.render import Templates
from geo_service.web.svgmap import SIDE, draw

AROUND_M = 400.0
"""How far the map shows around the pin."""

MAP_PX = 256
"""Side of the map on the page, which fits the narrowest phone: a tap is told in these."""

NOWHERE = Place(35.1396, 126.7937)
"""The middle of the map before anything is known: 광산구."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody did on the page of the place."""

    pin: Place | None
    words: str
    is_looking: bool
    """Whether they stay on the page: they look for something, or have moved the pin."""
    is_unknown: bool
    """Whether they said that they do not know."""


def wish_of(session: Session, sent: FormData, before: Place | None) -> Wish:
    """Read it; what was found by words is the pin, and the page is shown once more."""
    told = {name: item for name, item in sent.multi_items() if isinstance(item, str)}
    words = " ".join(told.get("words", "").split())
    if "unknown" in told:
        return Wish(None, words, is_looking=False, is_unknown=True)
    if moved := _tapped(told) or _degrees(told, "lat", "lng") or _chosen(told):
        return Wish(moved, words, is_looking=True, is_unknown=False)
    if "clear" in told:
        return Wish(None, words, is_looking=True, is_unknown=False)
    if "find" in told:
        spots = spots_named(session, words) if words else []
        return Wish(spots[0].place if spots else before, words, is_looking=True, is_unknown=False)
    return Wish(before, words, is_looking=False, is_unknown=False)


def said_of(session: Session, wish: Wish, *, sees_dong: bool) -> Said:
    """What the draft keeps of it. `sees_dong`: whether the pin tells who answers."""
    guess = None if sees_dong else dong_named(session, wish.words)
    return {
        WHERE: {"words": [wish.words] if wish.words else []},
        "pin": [wish.pin.lat, wish.pin.lng] if wish.pin else None,
        "dong_guess": guess,
        "asks_dong": not sees_dong and guess is None,
    }


def others_named(session: Session, words: str) -> list[Spot]:
    """What else the words may mean than the place that was found."""
    return spots_named(session, words)[1:] if words else []


def map_picture(request: Request, session: Session, pin: Place | None) -> str:
    """The map as the address of a picture that holds itself."""
    here = pin or _middle(session)
    templates: Templates = request.app.state.templates
    template = templates[language_of(request)].get_template("reports/map.svg")
    drawn = draw(here, AROUND_M, areas=outlines(session, here, AROUND_M))
    svg = template.render(map=drawn, px=MAP_PX, pinned=pin is not None)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def middle(session: Session, pin: Place | None) -> Place:
    """What the map shows in its middle."""
    return pin or _middle(session)


def _middle(session: Session) -> Place:
    start = starting_point(session)
    return start.place if start else NOWHERE


def _chosen(told: dict[str, str]) -> Place | None:
    lat, _, lng = told.get("spot", "").partition(",")
    return _degrees({"lat": lat, "lng": lng}, "lat", "lng")


def _degrees(told: dict[str, str], lat: str, lng: str) -> Place | None:
    try:
        return Place(float(told[lat]), float(told[lng]))
    except (KeyError, ValueError, NotOnEarth):
        return None


def _tapped(told: dict[str, str]) -> Place | None:
    """The place under a tap on the map; a press of a key is no tap."""
    shown = _degrees(told, "map_lat", "map_lng")
    try:
        x, y = int(told["pin.x"]), int(told["pin.y"])
    except (KeyError, ValueError):
        return None
    if shown is None or not (0 < x <= MAP_PX and 0 < y <= MAP_PX):
        return None
    drawn, units = draw(shown, AROUND_M), SIDE / MAP_PX
    try:
        return Place(
            shown.lat - (y * units - SIDE / 2) * drawn.lat_per_unit,
            shown.lng + (x * units - SIDE / 2) * drawn.lng_per_unit,
        )
    except NotOnEarth:
        return None
