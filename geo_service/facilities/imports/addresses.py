"""An address as files write it, taken apart.

Shapes met: `반달로 45 (영통동) 청명동 4층`, `아시아드대로22번길 19(거제동)`, `천호대로 27길 35`,
`삼산로16`, `노해로 지하 63`, `상림면 산56-1`, `강하면 운심길 47, 2층`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from geo_service.facilities.imports.regions import region_of


class Address(NamedTuple):
    """What an address says."""

    text: str
    """With a space between road and number."""
    sido: str
    """Short: 광주, 경기."""
    sigungu: str
    dong: str
    """The legal dong or the town that it names."""
    door: str
    """Road and number, without spaces; empty where there is none."""
    lot: str
    """Village and lot number, without spaces; empty where there is none."""
    respaced: bool
    """Whether road and number stood glued together."""


_BRACKETS = re.compile(r"\(([^()]*)\)?")
_DONG = re.compile(r"[가-힣]+(?:제?\d+(?:·\d+)?)?(?:동(?:\d가)?|[가리읍면])")
_TOWN = re.compile(r"[가-힣]+\d?[읍면]")
_ROAD = re.compile(
    r"(?P<road>[가-힣A-Za-z0-9·.]*?[가-힣](?:[로길](?:\d+[가-힣]{0,3}[로길])?|\d+[가-힣]{0,3}길))"
    r"(?P<under>지하)?(?P<number>\d+(?:-\d+)?)(?!\d|가(?=산?\d|$)|번?[가-힣]{0,3}길)"
)
_LOT = re.compile(r"(?P<dong>[가-힣]+\d*(?:동(?:\d가)?|[가리]))?산?\d+(?:-\d+)?(?=번지|\D|$)")


@lru_cache(maxsize=1 << 14)
def read_address(text: str) -> Address:
    """Take an address apart. Addresses repeat, so what was read is kept."""
    words = _BRACKETS.sub(" ", text).partition(",")[0].split()
    sido, sigungu, used = region_of(words)
    town = words[used] if len(words) > used and _TOWN.fullmatch(words[used]) else ""
    rest = "".join(words[used + bool(town) :])
    if found := _ROAD.match(rest):
        road, number = found["road"], (found["under"] or "") + found["number"]
        glued = f"{road}{number}" in text
        return Address(
            text.replace(f"{road}{number}", f"{road} {number}", 1) if glued else text,
            sido,
            sigungu,
            _dong_in_brackets(text) or town,
            road + number,
            "",
            glued,
        )
    lot = _LOT.match(rest)
    dong = (lot and lot["dong"]) or town
    return Address(text, sido, sigungu, dong, "", lot.group() if lot else "", respaced=False)


def _dong_in_brackets(text: str) -> str:
    """`(법정동, 건물)`: the first word in brackets that is a dong."""
    for inside in _BRACKETS.findall(text):
        first = inside.partition(",")[0].strip()
        if _DONG.fullmatch(first):
            return str(first)
    return ""
