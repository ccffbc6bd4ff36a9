"""Where words lead: the dong, the office or the address somebody means by what they typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from geoalchemy2.shape import to_shape
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Level
from geo_service.areas.queries import areas_matching, middle_of
from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.listings.models import Listing
from geo_service.listings.queries.visible import on_offer
from geo_service.offices.models import Office, OfficeKind

ALTERNATIVES = 6
"""How many other places of a similar name are offered."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the name people know it by."""

    name: str
    place: Place


def dong_centres() -> Select[str, Place]:
    """The dongs that have a centre, and where it stands."""
    return (
        select(Area.name, Office.place)
        .join(Office, Office.answers_for_id == Area.id)
        .where(Office.kind == OfficeKind.DONG_CENTRE, Office.place.is_not(None))
        .order_by(Area.name)
    )


def dongs(session: Session) -> list[Spot]:
    """Every dong that one can choose without typing."""
    return [Spot(name, place) for name, place in session.execute(dong_centres())]


def starting_point(session: Session) -> Spot | None:
    """Where a first visit begins: the dong centre nearest to the district office."""
    district = (
        select(Office.place)
        .where(Office.kind == OfficeKind.DISTRICT_OFFICE, Office.place.is_not(None))
        .order_by(Office.name)
        .limit(1)
        .scalar_subquery()
    )
    nearest = func.ST_Distance(Office.place, district).nulls_last()
    found = session.execute(dong_centres().order_by(None).order_by(nearest, Area.name)).first()
    return found and Spot(*found)


def spots_named(session: Session, words: str) -> list[Spot]:
    """What these words may mean, likeliest first: a dong, an office, an address."""
    seen: dict[str, Spot] = {}
    for spot in islice(_meanings(session, words), 3 * ALTERNATIVES):
        seen.setdefault(spot.name, spot)
    return list(seen.values())[: 1 + ALTERNATIVES]


def _meanings(session: Session, words: str) -> Iterator[Spot]:
    if not (wanted := words.strip()):
        return
    chosen = session.execute(dong_centres().where(Area.name == wanted)).all()
    yield from (Spot(name, place) for name, place in chosen)
    called = select(Office.name, Office.place).where(Office.place.is_not(None))
    exactly = session.execute(called.where(Office.name == wanted).limit(1)).all()
    yield from (Spot(name, place) for name, place in exactly)
    for area in session.scalars(areas_matching(wanted, level=Level.DONG).limit(ALTERNATIVES)):
        middle = session.scalar(middle_of(area.id))
        if middle is not None:
            point = to_shape(middle)
            yield Spot(area.full_name, Place(point.y, point.x))
    anywhere = f"%{_plain(wanted)}%"
    squeezed = func.replace(func.lower(Office.name), " ", "")
    alike = called.where(squeezed.like(anywhere)).order_by(Office.name).limit(ALTERNATIVES)
    yield from (Spot(name, place) for name, place in session.execute(alike))
    there = (
        select(Listing.address, Listing.place)
        .where(on_offer(), Listing.words.like(anywhere), Listing.address.is_not(None))
        .order_by(Listing.address)
        .limit(ALTERNATIVES)
    )
    yield from (Spot(address, place) for address, place in session.execute(there, {"at": now()}))


def _plain(words: str) -> str:
    """Lower case without spaces, and without what LIKE would take for a wildcard."""
    kept = "".join(words.lower().split())
    return kept.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
