"""One area at a time: it is added, drawn, closed, and found again under an older code."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from geoalchemy2.shape import from_shape
from shapely import MultiPolygon
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session, selectinload

from geo_service.areas.files import standard
from geo_service.areas.files.shapes import sketches
from geo_service.areas.models import Area, AreaCode, Level, Register, searchable
from geo_service.geo.columns import WGS84

ALWAYS: Range[date] = Range(None, None)

Code = tuple[str, Range[date]]
"""An official code, and while it is in force."""


def take_turns(session: Session) -> None:
    """Wait until nobody else is changing areas, then keep them off until the transaction ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtext('areas'))"))


@dataclass(frozen=True, slots=True)
class Outline:
    """Where an area lies, who says so, and as of when."""

    shape: MultiPolygon
    sketch: MultiPolygon
    source: str
    reference_on: date


def draw(area: Area, outline: Outline) -> None:
    """Give an area an outline, or a newer one."""
    area.outline = from_shape(outline.shape, srid=WGS84)
    area.sketch = from_shape(outline.sketch, srid=WGS84)


def vouch(area: Area, outline: Outline) -> None:
    """Say who drew the outline, and for which day it is right."""
    area.source = outline.source
    area.reference_on = outline.reference_on


def sketched(shapes: Sequence[MultiPolygon], *, source: str, reference_on: date) -> list[Outline]:
    """Outlines from one source, simplified together so that their borders still meet."""
    return [
        Outline(shape, sketch, source, reference_on)
        for shape, sketch in zip(shapes, sketches(shapes), strict=True)
    ]


def new_area(
    name: str,
    register: Register,
    codes: Iterable[Code],
    *,
    parent: Area | None = None,
    aliases: Iterable[str] = (),
) -> Area:
    """An area that was not known before, without an outline so far.

    A dong takes over the aliases of its district, with its own name behind them.
    """
    level = Level.DONG if register is not Register.BOTH else Level.SIGUNGU
    if parent and level is Level.DONG:
        aliases = [*aliases, *(f"{alias} {name}" for alias in parent.aliases)]
    full_name = f"{parent.full_name} {name}" if parent else name
    return Area(
        level=level if parent else Level.SIDO,
        register=register,
        name=name,
        full_name=full_name,
        aliases=[alias for alias in dict.fromkeys(aliases) if alias != full_name],
        parent_id=parent.id if parent else None,
        codes=[AreaCode(code=code, valid_during=during) for code, during in codes],
    )


def names_by_province(codes: Iterable[str], name: str) -> list[str]:
    """What a district is called under every province that its codes ever belonged to."""
    provinces = {code[:2] for code in codes}
    return [
        f"{province} {name}"
        for known in standard.codes_of_districts()
        if known.code in provinces
        for province in (known.name, known.short)
    ]


def codes_inside(parent: Area, ending: str, during: Range[date] = ALWAYS) -> list[Code]:
    """The codes of an area in `parent`: they begin as the parent's and change when it does."""
    shared = [(code.code, code.valid_during.intersection(during)) for code in parent.codes]
    return [(f"{prefix}{ending}", both) for prefix, both in shared if not both.isempty]


def close(session: Session, area: Area, *, on: date) -> None:
    """From that day on the area no longer exists; what points at it still finds it."""
    for code in list(area.codes):
        left = code.valid_during.intersection(Range(None, on))
        if left.isempty:
            area.codes.remove(code)
        else:
            code.valid_during = left
    session.flush()


def rename(session: Session, area: Area, name: str) -> bool:
    """Take over a new name, unless it bears or bore that one; the old one stays an alias.

    Whatever lies inside is renamed with it, in full.
    """
    full_name = f"{area.full_name.removesuffix(area.name)}{name}"
    if searchable(full_name) in map(searchable, (area.full_name, *area.aliases)):
        return False
    area.name = name
    _rename_in_full(session, area, full_name)
    return True


def _rename_in_full(session: Session, area: Area, full_name: str) -> None:
    area.aliases = [*area.aliases, area.full_name]
    area.full_name = full_name
    for inside in session.scalars(select(Area).where(Area.parent_id == area.id)):
        _rename_in_full(session, inside, f"{full_name} {inside.name}")


def known_by_code(
    session: Session, codes: Collection[str], register: Register, *, on: date
) -> dict[str, Area]:
    """The areas that bear these codes on that day, or else bore them at another time."""
    rows = session.execute(
        select(AreaCode, Area)
        .join(Area, Area.id == AreaCode.area_id)
        .where(AreaCode.code.in_(codes), AreaCode.register == register)
        .options(selectinload(Area.codes))
        .order_by(AreaCode.valid_during.contains(on), AreaCode.valid_during)
    )
    return {code.code: area for code, area in rows}
