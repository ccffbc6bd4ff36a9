"""Where it is: a tap on the drawn map, the device's own place, or words.

The map is part of the page and not a picture with an address, so no place stands in any address.
"""

from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.geo.place import Place
from geo_service.listings.access import degrees, pin_picture, start_of_map, tapped
from geo_service.listings.queries.spots import spots_named
from geo_service.reports.pages.steps import WHERE, Said
from geo_service.reports.workflow.routing import dong_named


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
    if moved := tapped(told) or degrees(told, "lat", "lng") or _chosen(told):
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


def map_picture(request: Request, session: Session, pin: Place | None) -> str:
    """The map as the address of a picture that holds itself."""
    here = middle(session, pin)
    return pin_picture(request, session, here, pinned=pin is not None, circled=False)


def middle(session: Session, pin: Place | None) -> Place:
    """What the map shows in its middle."""
    return pin or start_of_map(session)


def _chosen(told: dict[str, str]) -> Place | None:
    lat, _, lng = told.get("spot", "").partition(",")
    return degrees({"lat": lat, "lng": lng}, "lat", "lng")
