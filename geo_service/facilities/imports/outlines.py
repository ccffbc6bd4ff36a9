"""The areas whose outline is known, by the names that addresses use."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo_service.facilities.imports.regions import region_of
from geo_service.facilities.queries import Outlined
from geo_service.facilities.schemas import Draft

District = tuple[str, str]
"""Province, short, and district: `("광주", "광산구")`."""


class Stated(NamedTuple):
    """Where an address says that it is."""

    name: str
    areas: frozenset[int]
    """The smallest areas with an outline that together are the dong or the district."""
    whole: bool
    """Whether they are all of it; dongs alone may be only those that somebody drew."""
    dong: bool
    """Whether it is a dong, and not only a district."""


class Outlines:
    """Areas by their names, old and new, and by their districts."""

    def __init__(self, areas: Sequence[Outlined]) -> None:
        self.by_id = {area.id: area for area in areas}
        self._dongs: dict[tuple[District, str], int] = {}
        self._districts: dict[District, int] = {}
        self._parts: dict[District, set[int]] = defaultdict(set)
        self._of: dict[int, set[District]] = defaultdict(set)
        for area in areas:
            for name in (area.full_name, *area.aliases):
                self._enter(area, name)

    def _enter(self, area: Outlined, name: str) -> None:
        words = name.split()
        sido, sigungu, used = region_of(words)
        if not sido:
            return
        district, dong = (sido, sigungu), "".join(words[used:])
        self._of[area.id].add(district)
        if area.level == "sigungu":
            self._districts[district] = area.id
            return
        self._parts[district].add(area.id)
        # Addresses name legal dongs; towns (읍, 면) are the same in both registers.
        if area.register != "administrative" or dong.endswith(("읍", "면")):
            self._dongs[district, dong] = area.id

    def stated_by(self, draft: Draft) -> Stated | None:
        """The smallest area that the address names; None if nothing of it is drawn."""
        district = (draft.sido, draft.sigungu)
        name = f"{draft.sido} {draft.sigungu}".strip()
        if dong := self._dongs.get((district, draft.dong)):
            return Stated(f"{name} {draft.dong}", frozenset({dong}), whole=True, dong=True)
        if whole := self._districts.get(district):
            return Stated(name, frozenset({whole}), whole=True, dong=False)
        if parts := self._parts.get(district):
            return Stated(name, frozenset(parts), whole=False, dong=False)
        return None

    def in_another(self, draft: Draft, found: Iterable[int]) -> bool:
        """Whether a place is in a district, and not in the one that the draft states."""
        districts = {district for area in found for district in self._of[area]}
        return bool(districts and draft.sido) and (draft.sido, draft.sigungu) not in districts

    def name_of(self, found: Iterable[int]) -> str:
        """What people call a place: its dong, as far as it is known."""
        area = self.answering(found)
        return "다른 지역" if area is None else self.by_id[area].full_name

    def answering(self, found: Iterable[int]) -> int | None:
        """The area that a listing belongs to: an administrative dong, else a legal one."""
        return min(found, key=self._preference, default=None)

    def _preference(self, area: int) -> tuple[bool, bool, int]:
        known = self.by_id[area]
        return known.level != "dong", known.register != "administrative", area
