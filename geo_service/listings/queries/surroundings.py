"""What lies around a place, and around one listing: for maps and pages."""

from datetime import datetime
from typing import Any

from geoalchemy2.shape import to_shape
from shapely import Geometry
from sqlalchemy.orm import Session

from geo_service.areas.queries import outlines_within
from geo_service.geo.place import Place
from geo_service.geo.walking import metres_in
from geo_service.hours.korean import week_words
from geo_service.hours.week import WEEK, by_day
from geo_service.listings.models import Listing
from geo_service.web.svgmap import corners, only

AROUND_M = metres_in(5)
"""How far around a single listing its map goes: five minutes at the usual pace."""


def outlines(session: Session, here: Place, within_m: float) -> list[tuple[str, Geometry]]:
    """Names and borders of the dongs that a drawing of this walk shows."""
    rows = session.execute(outlines_within(*corners(here, within_m)))
    return [(name, to_shape(outline)) for _, name, outline in rows]


def surroundings(session: Session, listing: Listing, *, at: datetime) -> dict[str, Any]:
    """What the page of any listing shows besides its own words.

    Shape: `listing`; `closed`, whether it is over; `opens`, its beginning if that is still to
    come; `days`, its open minutes on seven days, or None where there is no weekly limit or nobody
    knows; `hours_told`, whether those days say all that its own words about hours say; `map`.
    """
    weekly = tuple((span.lower or 0, span.upper or WEEK) for span in listing.open_week or ())
    begin = listing.open_during.lower
    areas = outlines(session, listing.place, AROUND_M)
    return {
        "listing": listing,
        "closed": listing.is_over(at),
        "opens": begin if begin is not None and begin > at else None,
        "days": by_day(weekly) if weekly else None,
        "hours_told": bool(weekly)
        and _bare(listing.tell()["hours_words"]) == _bare(week_words(weekly)),
        "map": only(listing.place, AROUND_M, listing.kind.value, areas=areas),
    }


def _bare(hours: str) -> str:
    """Words about hours without the signs and spaces that everybody sets differently."""
    return "".join(sign for sign in hours if sign.isalnum())
