"""What place a form means: found by words, by a tap on the drawn map, or told in degrees.

A form with a map sends where it was tapped (`pin.x`, `pin.y`), what is in the middle of that map,
and for which words its place was found (`pinned`), so that other words are looked for again.
The map is part of the page and not a picture with an address: no place stands in any address.
"""

from base64 import b64encode
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.geo.place import NotOnEarth, Place
from geo_service.listings.queries.spots import NOWHERE, Spot, spots_named, starting_point
from geo_service.listings.queries.surroundings import outlines
from geo_service.web.i18n import language_of
from geo_service.web.render import Templates
from geo_service.web.svgmap import SIDE, draw

AROUND_M = 500.0
"""How far the map shows around the pin."""

MAP_PX = 256
"""Side of the map on the page, which fits the narrowest phone: a tap is told in these."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What was sent, with the place that it means."""

    sent: FormData
    pin: Place
    """The middle of the map, whether or not it is the place already."""
    is_known: bool
    spots: tuple[Spot, ...] = ()
    """What else the words may mean."""


def placed(session: Session, sent: FormData, usual: Place | None) -> Placed:
    """Find the place that somebody means who sends this form.

    `usual` is the middle of the map before they say anything. Whoever moves the pin or looks for
    words says thereby that it is `where`: `elsewhere`.
    """
    told = {name: item for name, item in sent.multi_items() if isinstance(item, str)}
    words, pin = " ".join(told.get("address", "").split()), degrees(told, "lat", "lng")
    spots: list[Spot] = []
    moved = tapped(told)
    if moved is None and (chosen := told.get("spot")):
        at, _, words = chosen.partition("|")
        moved = degrees(dict(zip(("lat", "lng"), at.split(","), strict=False)), "lat", "lng")
    if moved is not None:
        pin = moved
    elif words and (pin is None or "find" in told or told.get("pinned", words) != words):
        spots = spots_named(session, words)
        pin = spots[0].place if spots else None
    if pin is None:
        return Placed(_with(sent, lat="", lng=""), usual or start_of_map(session), is_known=False)
    found = {"lat": f"{pin.lat:.6f}", "lng": f"{pin.lng:.6f}", "address": words, "pinned": words}
    if moved is not None or "find" in told:
        found["where"] = "elsewhere"
    return Placed(_with(sent, **found), pin, is_known=True, spots=tuple(spots[1:]))


def _with(sent: FormData, **found: str) -> FormData:
    kept = [(name, item) for name, item in sent.multi_items() if name not in found]
    return FormData([*kept, *found.items()])


def degrees(told: dict[str, str], lat: str, lng: str) -> Place | None:
    """The place that two fields tell in degrees; None where they tell none."""
    try:
        return Place(float(told[lat]), float(told[lng]))
    except (KeyError, ValueError, NotOnEarth):
        return None


def tapped(told: dict[str, str]) -> Place | None:
    """The place under a tap on the map; a press of a key is no tap."""
    middle = degrees(told, "map_lat", "map_lng")
    try:
        x, y = int(told["pin.x"]), int(told["pin.y"])
    except (KeyError, ValueError):
        return None
    if middle is None or not (0 < x <= MAP_PX and 0 < y <= MAP_PX):
        return None
    drawn, units = draw(middle, AROUND_M), SIDE / MAP_PX
    try:
        return Place(
            middle.lat - (y * units - SIDE / 2) * drawn.lat_per_unit,
            middle.lng + (x * units - SIDE / 2) * drawn.lng_per_unit,
        )
    except NotOnEarth:
        return None


def start_of_map(session: Session) -> Place:
    """The middle of a map before anybody said anything."""
    return (starting_point(session) or NOWHERE).place


def pin_picture(
    request: Request, session: Session, here: Place, *, pinned: bool = True, circled: bool = True
) -> str:
    """The map to tap on, as the address of a picture that holds itself.

    `pinned`: whether a pin stands in its middle; `circled`: whether the walk around it is drawn.
    """
    templates: Templates = request.app.state.templates
    template = templates[language_of(request)].get_template("listings/pin.svg")
    drawn = draw(here, AROUND_M, areas=outlines(session, here, AROUND_M))
    svg = template.render(map=drawn, px=MAP_PX, pinned=pinned, circled=circled)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
