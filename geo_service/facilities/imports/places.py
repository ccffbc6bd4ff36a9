"""Points against the outlines of areas: whether each is where its address says."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from geo_service.facilities.imports.neighbours import Middles, unswap
from geo_service.facilities.imports.outlines import Outlines, Stated
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.queries import areas_around, metres_to, outlined_areas
from geo_service.facilities.schemas import Draft
from geo_service.geo.place import Place

_BORDER_M = 300
"""Outlines are drawn with fewer corners than borders have: two sources differ by up to 309 m."""


class _Outside(NamedTuple):
    draft: Draft
    place: Place
    stated: Stated
    found: set[int]


def judge_places(session: Session, drafts: Sequence[Draft]) -> None:
    """Set each draft's area; doubt what lies outside the district or the dong it states.

    Where no outline of the stated district is known, the file's own rows must do.
    """
    outlines = Outlines(outlined_areas(session))
    around = _around(session, outlines, drafts)
    middles = Middles(drafts)
    outside = []
    for draft in drafts:
        place = draft.place or draft.swapped
        if place is None or draft.faults:
            continue
        found = around[place]
        stated = outlines.stated_by(draft)
        inside = stated is not None and not found.isdisjoint(stated.areas)
        if draft.swapped and inside:
            unswap(draft)
        elif stated and not inside and (stated.whole or found) and not draft.swapped:
            outside.append(_Outside(draft, place, stated, found))
        elif stated is None and not draft.swapped and outlines.in_another(draft, found):
            name = f"{draft.sido} {draft.sigungu}"
            elsewhere = outlines.name_of(found)
            draft.doubts.append(because("wrong-district", stated=name, found=elsewhere))
        elif not inside and not (stated and stated.whole):
            middles.judge(draft)
        draft.area_id = outlines.answering(found) if draft.place else None
    _doubt_outside(session, outlines, outside)


def _around(
    session: Session, outlines: Outlines, drafts: Sequence[Draft]
) -> defaultdict[Place, set[int]]:
    """The drawn areas around every place of the drafts."""
    places = list({place for draft in drafts if (place := draft.place or draft.swapped)})
    around: defaultdict[Place, set[int]] = defaultdict(set)
    if outlines.by_id:
        for index, area in areas_around(session, places, outlines.by_id):
            around[places[index]].add(area)
    return around


def _doubt_outside(session: Session, outlines: Outlines, outside: Sequence[_Outside]) -> None:
    """Doubt what is more than a border's width outside."""
    pairs = [(each.place, area) for each in outside for area in each.stated.areas]
    metres = iter(metres_to(session, pairs))
    for draft, _, stated, found in outside:
        away = min(next(metres) for _ in stated.areas)
        if away > _BORDER_M:
            code = "wrong-dong" if stated.dong else "wrong-district"
            elsewhere = outlines.name_of(found)
            draft.doubts.append(
                because(code, stated=stated.name, found=elsewhere, metres=round(away))
            )
