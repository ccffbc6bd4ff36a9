"""Which known area a row of the file is about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.files.drawing import Drawn, RepeatedCode
from geo_service.areas.imports.districts import codes_of_new_district
from geo_service.areas.imports.report import Scope
from geo_service.areas.models import CODE_DIGITS, Area, Level
from geo_service.areas.workflow.deeds import ALWAYS, Code, codes_inside, known_by_code


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the file, the area around it, and the area it is about, if that is known."""

    code: str
    row: Drawn
    parent: Area | None
    area: Area | None


def matches_of(
    session: Session, rows: dict[str, Drawn], around: dict[str, Area], scope: Scope
) -> list[Match]:
    """Find each area under its code of any time, whichever of them the file uses.

    Raises: RepeatedCode, when two rows are about the same area.
    """
    unknown = [Match(code, row, around.get(code), None) for code, row in rows.items()]
    same = {
        match.code: [match.code, *(code for code, _ in all_codes(match, scope.level))]
        for match in unknown
    }
    known = known_by_code(session, set(chain(*same.values())), scope.register, on=scope.on)
    found = {
        code: next((known[each] for each in codes if each in known), None)
        for code, codes in same.items()
    }
    _refuse_twice(found)
    return [replace(match, area=found[match.code]) for match in unknown]


def all_codes(match: Match, level: Level, during: Range[date] = ALWAYS) -> Sequence[Code]:
    """The codes that the area of a row has in a period, by those of the area around it."""
    if match.parent is None:
        return [(match.code, during)]
    if level is Level.SIGUNGU:
        return codes_of_new_district(match.code, match.parent, during)
    return codes_inside(match.parent, match.code[CODE_DIGITS[Level.SIGUNGU] :], during)


def _refuse_twice(found: dict[str, Area | None]) -> None:
    times = Counter(area.id for area in found.values() if area)
    twice = [code for code, area in found.items() if area and times[area.id] > 1]
    if twice:
        raise RepeatedCode(
            f"옛 코드와 새 코드로 같은 구역이 두 번 나옵니다: {', '.join(twice[:5])}. "
            "The file has the same area under its old and its new code."
        )
