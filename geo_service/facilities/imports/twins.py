"""One room from two providers is shown once.

The listing that is already there stays; of two in one file, the newer. The other row is held
back, not merged: nobody can tell from the files whose words are better, and two cards for one
door mislead more than one card that names its provider.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from geo_service.facilities.imports.coordinates import roughly_m
from geo_service.facilities.imports.reasons import because
from geo_service.facilities.models import Outcome
from geo_service.facilities.schemas import Decision, Known
from geo_service.geo.place import Place

_SAME_ROOM_M = 50
"""No farther apart are two providers' points for one room; see the MANIFEST of real files."""


class _Shown(NamedTuple):
    provider_key: str
    provider: str
    place: Place


def hold_back_twins(decisions: Iterable[Decision], listed: Iterable[Known]) -> None:
    """Hold back new rooms that another provider shows under the same name at the same door."""
    shown: dict[str, list[_Shown]] = defaultdict(list)
    for room in listed:
        shown[room.name_key].append(_Shown(room.provider_key, room.provider, room.place))
    fresh = []
    for decision in decisions:
        if decision.writes and decision.known is None:
            fresh.append(decision)
        elif decision.known and (decision.writes or decision.outcome is Outcome.UNCHANGED):
            _show(decision, shown)
    for decision in sorted(fresh, key=_newest_first):
        draft = decision.draft
        for other in shown[draft.name_key]:
            metres = roughly_m(draft.place, other.place) if draft.place else _SAME_ROOM_M + 1
            if other.provider_key != draft.provider_key and metres <= _SAME_ROOM_M:
                decision.outcome = Outcome.HELD_BACK
                decision.reasons = [
                    because("listed-by-another", provider=other.provider, metres=round(metres))
                ]
                break
        else:
            _show(decision, shown)


def _show(decision: Decision, shown: dict[str, list[_Shown]]) -> None:
    draft = decision.draft
    if draft.place:
        shown[draft.name_key].append(_Shown(draft.provider_key, draft.provider, draft.place))


def _newest_first(decision: Decision) -> tuple[int, int]:
    day = decision.draft.reference_on or date.min
    return -day.toordinal(), decision.draft.line
