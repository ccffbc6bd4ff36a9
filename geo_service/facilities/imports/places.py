"""Points against the outlines of areas: whether each is where its address says."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from geo_service.facilities.imports.neighbours import Middles, unswap
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.imports.regions import region_of
from geo_service.facilities.queries import Dong, areas_around, metres_to, outlined_areas
from geo_service.facilities.schemas import Draft
from geo_service.geo.place import Place

_BORDER_M = 300
"""Outlines are drawn with fewer corners than borders have: two sources differ by up to 309 m."""

Region = tuple[str, str, str]
"""Province, district and dong; the dong is empty for a district."""


class Outlines:
    """The areas whose outline is known, by the names that addresses use."""

    def __init__(self, areas: Sequence[Dong]) -> None:
        self.by_id = {area.id: area for area in areas}
        self.named: dict[Region, int] = {}
        self.regions: dict[int, set[Region]] = defaultdict(set)
        for area in areas:
            for name in (area.full_name, *area.aliases):
                words = name.split()
                sido, sigungu, used = region_of(words)
                if not sido:
                    continue
                region = (sido, sigungu, "".join(words[used:]))
                self.regions[area.id].add(region)
                if area.register != "administrative":
                    self.named[region] = area.id

    def judge(self, session: Session, drafts: Sequence[Draft], middles: Middles) -> None:
        """Set each draft's area; doubt what lies outside the district or the dong it states.

        Where no outline of the stated district is known, the file's own rows must do.
        """
        around = self._around(session, drafts)
        outside: list[tuple[Draft, Place, int, str]] = []
        for draft in drafts:
            place = draft.place or draft.swapped
            if place is None or draft.faults:
                continue
            found = around.get(place, set())
            expected = self._expected(draft)
            if expected is None:
                self._judge_unknown(draft, found, middles)
            elif draft.swapped:
                if expected in found:
                    unswap(draft)
            elif expected not in found:
                outside.append((draft, place, expected, self._name(found)))
            draft.area_id = self._answering(found) if draft.place else None
        metres = metres_to(session, [(place, area) for _, place, area, _ in outside])
        for (draft, _, area, name), away in zip(outside, metres, strict=True):
            if away > _BORDER_M:
                self._doubt(draft, area, name, away)

    def _around(self, session: Session, drafts: Sequence[Draft]) -> dict[Place, set[int]]:
        places = list({place for draft in drafts if (place := draft.place or draft.swapped)})
        around: dict[Place, set[int]] = defaultdict(set)
        if self.by_id:
            for index, area in areas_around(session, places, self.by_id):
                around[places[index]].add(area)
        return around

    def _expected(self, draft: Draft) -> int | None:
        """The smallest area with a known outline that the address names."""
        district = (draft.sido, draft.sigungu)
        return self.named.get((*district, draft.dong)) or self.named.get((*district, ""))

    def _judge_unknown(self, draft: Draft, found: set[int], middles: Middles) -> None:
        """A district without an outline: at least it is no other one that has one."""
        districts = {
            (sido, sigungu) for area in found for sido, sigungu, _ in self.regions[area] if sigungu
        }
        if districts and draft.sigungu and draft.sido and not draft.swapped:
            stated = f"{draft.sido} {draft.sigungu}"
            draft.doubts.append(because("wrong-district", stated=stated, found=self._name(found)))
        else:
            middles.judge(draft)

    def _doubt(self, draft: Draft, area: int, found: str, metres: float) -> None:
        stated = self.by_id[area]
        code = "wrong-district" if stated.level == "sigungu" else "wrong-dong"
        draft.doubts.append(
            because(code, stated=stated.full_name, found=found, metres=round(metres))
        )

    def _name(self, found: set[int]) -> str:
        """What people call the place: its dong, as far as it is known."""
        dongs = sorted(found, key=self._preference)
        return self.by_id[dongs[0]].full_name if dongs else "다른 지역"

    def _answering(self, found: set[int]) -> int | None:
        """The area that a listing belongs to: an administrative dong, else a legal one."""
        return min(found, key=self._preference) if found else None

    def _preference(self, area: int) -> tuple[bool, bool, int]:
        known = self.by_id[area]
        return known.level != "dong", known.register != "administrative", area


def judge_places(session: Session, drafts: Sequence[Draft]) -> None:
    """Doubt or repair the points of a file by outlines, and by each other."""
    Outlines(outlined_areas(session)).judge(session, drafts, Middles(drafts))
