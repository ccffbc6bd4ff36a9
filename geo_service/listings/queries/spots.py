"""Where words lead: the dong, the office or the address somebody means by what they typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from geoalchemy2.shape import to_shape
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from geo_service.areas.files.standard import codes_of_districts
from geo_service.areas.models import Area, Level
from geo_service.areas.queries import areas_matching, middle_of
from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.listings.models import Listing
from geo_service.listings.queries.visible import on_offer
from geo_service.offices.models import Office, OfficeKind

PROVINCE_DIGITS = 2
"""Codes of provinces are so long."""

ALTERNATIVES = 6
"""How many other places of a similar name are offered."""


_OTHER_CENTRE = re.compile("동?(동사무소|주민자치센터|주민센터)")
"""What people went on calling a dong's 행정복지센터."""

_NO_NAMES = frozenset(["동", "구", "시", "도", "군", "읍", "면", "리", "로", "길", "번지"])
"""What names of places end with; alone, they name none."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the name people know it by."""

    name: str
    place: Place


NOWHERE = Spot("광산구", Place(35.1396, 126.7937))
"""The pilot district, for a database without any office."""

Named = Select[str, Place | None]
"""Rows of a name and a place."""


def dong_centres() -> Named:
    """The dongs that have a centre, and where it stands."""
    return (
        select(Area.name, Office.place)
        .join(Office, Office.answers_for_id == Area.id)
        .where(Office.kind == OfficeKind.DONG_CENTRE, Office.place.is_not(None))
        .order_by(Area.name)
    )


def dongs(session: Session) -> list[Spot]:
    """Every dong that one can choose without typing."""
    return list(_spots(session, dong_centres()))


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
    return next(_spots(session, dong_centres().order_by(None).order_by(nearest, Area.name)), None)


def spots_named(session: Session, words: str) -> list[Spot]:
    """What these words may mean, likeliest first: a dong, an office, an address."""
    named: dict[str, Spot] = {}
    places: set[Place] = set()
    said = words.replace("\0", "").strip()
    for spot in islice(_meanings(session, said), 3 * ALTERNATIVES):
        if spot.place not in places:
            places.add(spot.place)
            named.setdefault(spot.name, spot)
    return list(named.values())[: 1 + ALTERNATIVES]


def _meanings(session: Session, words: str) -> Iterator[Spot]:
    plain = "".join(words.split())
    if plain in _NO_NAMES or not (anywhere := _pattern(words)):
        return
    offices = select(Office.name, Office.place).where(Office.place.is_not(None))
    meant = dong_centres().where(Area.name.in_((plain, f"{plain}동")))
    yield from _spots(session, meant.order_by(None).order_by(Area.name != plain))
    yield from _spots(session, offices.where(Office.name.in_((words, f"{words}청"))).limit(1))
    yield from _district_offices_of(session, words)
    yield from _dongs_named(session, words)
    yield from _spots(session, dong_centres().where(Area.name.startswith(plain, autoescape=True)))
    squeezed = func.replace(func.lower(Office.name), " ", "")
    alike = offices.where(squeezed.like(_OTHER_CENTRE.sub("동행정복지센터", anywhere)))
    yield from _spots(session, alike.order_by(Office.name).limit(ALTERNATIVES))
    here = _pattern(_inside_province(words)) or anywhere
    squeezed = func.replace(func.lower(Office.address), " ", "")
    at_home = offices.where(squeezed.like(here))
    yield from _spots(session, at_home.order_by(func.length(Office.address)).limit(ALTERNATIVES))
    addresses = select(Listing.address, Listing.place).where(
        on_offer(), Listing.words.like(here), Listing.address != ""
    )
    yield from _spots(session, addresses.order_by(Listing.address).limit(ALTERNATIVES))


@cache
def _provinces() -> frozenset[str]:
    """Every name of every province, old, new and short, and short ones called cities."""
    known = [row for row in codes_of_districts() if len(row.code) == PROVINCE_DIGITS]
    short = {row.short for row in known}
    return frozenset({row.name for row in known} | short | {f"{name}시" for name in short})


def _inside_province(words: str) -> str:
    """An address without the province in front of it, by whichever name it goes there."""
    first, _, rest = words.partition(" ")
    return rest if first in _provinces() else words


def _spots(session: Session, named: Named | Select[str, Place]) -> Iterator[Spot]:
    for name, place in session.execute(named, {"at": now()}):
        if place is not None:
            yield Spot(name, place)


def _district_offices_of(session: Session, words: str) -> Iterator[Spot]:
    """By any name of the district, such as its name in Latin letters."""
    districts = areas_matching(words, level=Level.SIGUNGU).limit(ALTERNATIVES)
    ids = [area.id for area in session.scalars(districts)]
    offices = select(Office.name, Office.place).where(
        Office.kind == OfficeKind.DISTRICT_OFFICE,
        Office.area_id.in_(ids),
        Office.place.is_not(None),
    )
    yield from _spots(session, offices.order_by(Office.name)) if ids else ()


def _dongs_named(session: Session, words: str) -> Iterator[Spot]:
    for area in session.scalars(areas_matching(words, level=Level.DONG).limit(ALTERNATIVES)):
        middle = session.scalar(middle_of(area.id))
        if middle is not None:
            point = to_shape(middle)
            district_and_dong = " ".join(area.full_name.split()[-2:])
            yield Spot(district_and_dong, Place(point.y, point.x))


def _pattern(words: str) -> str:
    """For LIKE: anywhere, in lower case without spaces; empty when there is nothing to find."""
    plain = "".join(words.lower().split())
    for sign in "\\%_":
        plain = plain.replace(sign, f"\\{sign}")
    return plain and f"%{plain}%"
