"""The areas around those of a file: found, or added when the file names them."""

from datetime import date
from itertools import combinations

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.files.drawing import Drawn
from geo_service.areas.imports.codes import district_name
from geo_service.areas.imports.report import Scope, Supersession
from geo_service.areas.models import CODE_DIGITS, Area, Level, Register
from geo_service.areas.workflow.deeds import (
    ALWAYS,
    Code,
    codes_inside,
    known_by_code,
    names_by_province,
    new_area,
)
from geo_service.errors import Invalid

_PROVINCE = CODE_DIGITS[Level.SIDO]
_DISTRICT = CODE_DIGITS[Level.SIGUNGU]


class UnknownProvince(Invalid):
    """Some codes begin with the number of no province."""


class UnknownDistrict(Invalid):
    """The districts of some dongs are not known, and the file does not name them."""


def areas_around(
    session: Session, rows: dict[str, Drawn], scope: Scope, report: Supersession
) -> dict[str, Area]:
    """For every code of the file, the area one level up. Raises: UnknownProvince, UnknownDistrict.

    Provinces have none. A district that nobody knows is added under the name that the full name
    of its first dong tells.
    """
    if scope.level is Level.SIDO:
        return {}
    provinces = _provinces(session, rows, scope)
    if scope.level is Level.SIGUNGU:
        return {code: provinces[code[:_PROVINCE]] for code in rows}
    wanted = {code[:_DISTRICT] for code in rows}
    districts = known_by_code(session, wanted, Register.BOTH, on=scope.on)
    for code, row in rows.items():
        if (number := code[:_DISTRICT]) not in districts:
            districts[number] = _new_district(number, row, provinces[code[:_PROVINCE]])
            session.add(districts[number])
            report.districts.append(districts[number].full_name)
    session.flush()
    return {code: districts[code[:_DISTRICT]] for code in rows}


def codes_of_new_district(code: str, province: Area, during: Range[date] = ALWAYS) -> list[Code]:
    """Every code that a district of this code ever had, as far as can be told.

    Where a province was renumbered, its districts were too. Where provinces merged, the new
    numbers cannot be told from the old ones: there the code is taken as it is.
    """
    periods = [each.valid_during for each in province.codes]
    if any(one.overlaps(other) for one, other in combinations(periods, 2)):
        return [(code, during)]
    return codes_inside(province, code[_PROVINCE:], during)


def _provinces(session: Session, rows: dict[str, Drawn], scope: Scope) -> dict[str, Area]:
    wanted = {code[:_PROVINCE] for code in rows}
    provinces = known_by_code(session, wanted, Register.BOTH, on=scope.on)
    if strange := sorted(wanted - provinces.keys()):
        raise UnknownProvince(
            f"없는 시·도 번호로 시작하는 코드가 있습니다: {', '.join(strange[:5])}. "
            "These are not numbers of provinces."
        )
    return provinces


def _new_district(number: str, row: Drawn, province: Area) -> Area:
    name = district_name(row.name)
    if name is None:
        raise UnknownDistrict(
            f"시·군·구 {number}({row.name})을(를) 아직 모릅니다. 시·군·구 파일을 먼저 "
            "`areas import --level sigungu` 로 가져와 주세요. Import the districts first."
        )
    codes = codes_of_new_district(number, province)
    aliases = names_by_province([code for code, _ in codes], name)
    return new_area(name, Register.BOTH, codes, parent=province, aliases=aliases)
