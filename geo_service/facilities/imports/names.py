"""What a room is called, and in which building it is.

The files have two columns, and put the building in either: `거제2동주민센터 강당` in
`거제2동주민센터 3층 강당`, `다목적실(16층)` in `도봉구청`, `한남동주민센터` and `2층 컴퓨터실`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from geo_service.facilities.imports.regions import SIDO
from geo_service.facilities.imports.words import bare, fit

_ROOM = re.compile(r"(?:실|강당|홀|방|마당|장|관람석|코트|구장|교실|라운지|부엌|\d층|호)\d*\W*$")

_BUILDING = re.compile(
    r"(?:센터|회관|[시군구]청|복지관|도서관|학교|공원|운동장|체육관|경기장|박물관|문화관|타운|광장|터미널)$"
)

_GENERIC = 6
"""No name of a building is this short: it is a 체육관, a 실내체육관 of the one beside it."""

_VAGUE = frozenset({"", "기타"})


class Names(NamedTuple):
    """What a room is called."""

    title: str
    building: str
    key: str
    """The title without its region, normalised: equal for one room under two providers."""
    identity: str
    """Both columns normalised, whichever of them held which: the next file's are equal."""


def name_room(facility: str, room: str, space_type: str, sigungu: str) -> Names:
    """The names in the two columns of a room in a district."""
    title, building, unsaid = _name_both(facility, room)
    key = name_key(title, sigungu)
    identity = f"{key}/{name_key(unsaid, sigungu)}" if unsaid else key
    whole = len(title) == len(building) or bare(title) == bare(building)
    if title and whole and space_type not in _VAGUE and space_type not in title:
        title = f"{title} {space_type}"
        key += bare(space_type)
    return Names(fit(title, 140), fit(building, 140), key, identity)


def _name_both(facility: str, room: str) -> tuple[str, str, str]:
    """Title, building, and what neither of them says."""
    short, long = sorted((facility, room), key=len)
    if bare(short) in bare(long):
        return long, short or long, ""
    if _overlap(facility, room):
        return long, facility.split(" ", maxsplit=1)[0], short
    generic = _is_room(facility) and not _is_building(facility)
    if _is_building(room) and (generic or len(facility) <= _GENERIC):
        return f"{room} {facility}", room, ""
    if generic and not _is_room(room):
        return f"{room} {facility}", room, ""
    return f"{facility} {room}", facility, ""


@lru_cache(maxsize=1 << 12)
def _is_room(name: str) -> bool:
    """Whether this is what people call a room; kept, as names repeat."""
    return _ROOM.search(name) is not None


@lru_cache(maxsize=1 << 12)
def _is_building(name: str) -> bool:
    """Whether this is what people call a building; kept, as names repeat."""
    return _BUILDING.search(name) is not None


def _overlap(a: str, b: str) -> bool:
    """Whether both begin with the same building."""
    return a.split(" ", maxsplit=1)[0] == b.split(" ", maxsplit=1)[0]


def name_key(title: str, sigungu: str) -> str:
    """A title without its region, normalised: equal for one room under two providers."""
    region = sigungu.split(" ")
    told = [word for word in title.split(" ") if word not in SIDO and word not in region]
    key = bare("".join(told) or title)
    return key.replace("행정복지센터", "주민센터") if "행정" in key else key
