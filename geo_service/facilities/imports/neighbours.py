"""Doubts about a point that only the other rows of the file can raise."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from geo_service.facilities.imports.coordinates import dragged, roughly_m
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.schemas import Draft
from geo_service.geo.place import Place

_BUILDING_M = 100
"""Rooms behind one door are no farther apart."""

_GROUNDS_M = 500
"""Pitches of a sports park share its address and lie this far apart."""

_INDOORS = re.compile(r"실$|강당|도서관|공연장|사랑방|경로당")
"""Sorts of rooms that are inside one building for sure."""

_STAND_IN_ROADS = 3
"""So many roads at exactly one point: it is the town hall's, or the map's middle."""

_FAR_M = 60_000
"""Farther from the middle of its district than any village of the mainland, or Jeju's islands.
Only a rough net, for districts whose outline is not loaded."""

_FAR_TIMES = 4
"""In a county of scattered islands: so many times farther than its rooms usually are."""

_ENOUGH = 5
"""So many rows tell where a district is."""


def doubt_dragged(drafts: Sequence[Draft], cells: Sequence[tuple[str, str]]) -> None:
    """Points that a spreadsheet counted up; `cells` are latitude and longitude as written."""
    for index in dragged(cells):
        draft = drafts[index]
        draft.doubts = [because("dragged-point")]


def doubt_stand_ins(drafts: Iterable[Draft]) -> None:
    """One point for many addresses."""
    by_place = defaultdict(list)
    for draft in drafts:
        if draft.place and draft.door:
            by_place[draft.place].append(draft)
    for together in by_place.values():
        roads = {draft.door.rstrip("0123456789-") for draft in together}
        if len(roads) >= _STAND_IN_ROADS:
            for draft in together:
                draft.doubts.append(because("stand-in-point", doors=len(together)))


def doubt_points_apart(drafts: Iterable[Draft]) -> None:
    """One address at several points: whoever is far from the majority; all, if there is none."""
    by_road = defaultdict(list)
    for draft in drafts:
        if draft.door and draft.place and draft.believable:
            by_road[draft.door].append((draft, draft.place))
    for together in by_road.values():
        if len({place for _, place in together}) > 1:
            _doubt_minority(together)


def _doubt_minority(together: list[tuple[Draft, Place]]) -> None:
    for draft, place in together:
        away = [
            (other, metres)
            for other, there in together
            if (metres := roughly_m(place, there)) > _reach(draft, other)
        ]
        if len(away) * 2 >= len(together):
            other, metres = max(away, key=lambda found: found[1])
            reason = because("points-apart", line=other.line, metres=round(metres))
            draft.doubts.append(reason)


def _reach(a: Draft, b: Draft) -> int:
    both_indoors = _INDOORS.search(a.space_type) and _INDOORS.search(b.space_type)
    return _BUILDING_M if both_indoors else _GROUNDS_M


class Middles:
    """Where each district is, as far as the file's own rows tell."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        places = defaultdict(list)
        for draft in drafts:
            if draft.place and draft.believable and draft.sido:
                places[draft.sido, draft.sigungu].append(draft.place)
        self._circles: dict[tuple[str, str], tuple[Place, float]] = {}
        for region, told in places.items():
            if len(told) >= _ENOUGH:
                middle = Place(median(p.lat for p in told), median(p.lng for p in told))
                usual = median(roughly_m(middle, place) for place in told)
                self._circles[region] = middle, max(_FAR_M, _FAR_TIMES * usual)

    def judge(self, draft: Draft) -> None:
        """Doubt a point far away; exchange latitude and longitude where that puts it near."""
        place, circle = draft.place or draft.swapped, self._circles.get((draft.sido, draft.sigungu))
        if place is None or circle is None:
            return
        middle, reach = circle
        metres = roughly_m(middle, place)
        if draft.swapped and metres <= reach:
            unswap(draft)
        elif draft.place and metres > reach:
            district = f"{draft.sido} {draft.sigungu}".strip()
            km = round(metres / 1000)
            draft.doubts.append(because("far-from-district", district=district, km=km))


def unswap(draft: Draft) -> None:
    """Take the exchanged place for the right one."""
    draft.place, draft.swapped = draft.swapped, None
    draft.doubts = [doubt for doubt in draft.doubts if doubt.code != "swapped-unsure"]
    draft.repairs.append(because("swapped"))
