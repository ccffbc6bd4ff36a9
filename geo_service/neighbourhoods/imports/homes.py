"""Figures of dongs are spread evenly over the hexagons whose middles lie inside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from geoalchemy2.shape import to_shape
from h3.api import basic_int as h3
from shapely import union_all
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, undefer

from geo_service.areas.models import Area, DongShare, Level, Register, searchable
from geo_service.areas.queries import area_by_code, in_force, today
from geo_service.geo.cells import RESOLUTION, cell_of
from geo_service.geo.place import Place
from geo_service.neighbourhoods.files.figures import Figure
from geo_service.neighbourhoods.models import HomesInCell, Neighbourhood
from geo_service.neighbourhoods.workflow.bordering import draw_borders, make_room


@dataclass
class Outcome:
    """What an import did."""

    rows: int = 0
    homes: int = 0
    cells: int = 0
    neighbourhoods: int = 0
    unknown: list[str] = field(default_factory=list)
    """Rows whose dong nobody knows, or knows the outline of."""


def take_in(
    session: Session,
    figures: Iterable[Figure],
    *,
    within: str = "",
    invented: bool = False,
    at: datetime,
) -> Outcome:
    """Take the figures for those of today, and draw the borders of neighbourhoods anew.

    `within`: the province of the dongs, where the file leaves it out. No home that is `invented`
    stays beside real ones: it would count among those that hide a household.
    """
    outcome, homes = Outcome(), dict[int, int]()
    for figure in figures:
        cells = list(_cells_of(session, figure, within))
        if not cells:
            outcome.unknown.append(f"{figure.line}: {figure.code or figure.dong}")
            continue
        outcome.rows += 1
        for cell, count in spread(figure.homes, cells):
            homes[cell] = homes.get(cell, 0) + count
    outcome.cells, outcome.homes = len(homes), sum(homes.values())
    since = at if session.scalar(select(Neighbourhood.id).limit(1)) is not None else None
    if homes:
        if not invented:
            make_room(session)
        rows = [
            {"cell": cell, "homes": count, "invented": invented} for cell, count in homes.items()
        ]
        adding = insert(HomesInCell)
        taken = {"homes": adding.excluded.homes, "invented": adding.excluded.invented}
        session.execute(adding.on_conflict_do_update(index_elements=["cell"], set_=taken), rows)
    outcome.neighbourhoods = draw_borders(session, since=since)
    return outcome


def spread(homes: int, cells: Iterable[int]) -> Iterator[tuple[int, int]]:
    """As even as whole households allow; the sum stays. Order: lesser cells take one more."""
    cells = sorted(cells)
    each, over = divmod(homes, len(cells))
    for n, cell in enumerate(cells):
        yield cell, each + (n < over)


def _cells_of(session: Session, figure: Figure, within: str) -> Iterable[int]:
    if figure.cell is not None:
        return [figure.cell] if _is_ours(figure.cell) else []
    dong = _dong(session, figure, within)
    outline = _outline(session, dong) if dong else None
    if outline is None:
        return []
    inside = h3.geo_to_cells(outline, RESOLUTION)
    middle = outline.representative_point()
    return inside or [cell_of(Place(middle.y, middle.x))]


def _is_ours(cell: int) -> bool:
    return bool(h3.is_valid_cell(cell)) and h3.get_resolution(cell) == RESOLUTION


def _dong(session: Session, figure: Figure, within: str) -> Area | None:
    if figure.code:
        return session.scalar(area_by_code(figure.code, register=Register.ADMINISTRATIVE))
    words = searchable(f"{figure.district}{figure.dong}")
    found = (
        select(Area)
        .where(
            Area.level == Level.DONG,
            Area.register == Register.ADMINISTRATIVE,
            Area.words.contains(searchable(figure.dong)),
            in_force(today()),
        )
        .order_by(Area.id)
    )
    for area in session.scalars(found):
        for name in (area.full_name, *area.aliases):
            if name.startswith(within) and searchable(name).endswith(words):
                return area
    return None


def _outline(session: Session, dong: Area) -> Any:
    """Its own, or that of the legal dongs it shares in; None where neither is known."""
    legal = select(DongShare.legal_id).where(DongShare.administrative_id == dong.id)
    for which in (Area.id == dong.id, Area.id.in_(legal)):
        drawn = select(Area).where(which, Area.outline.is_not(None)).options(undefer(Area.outline))
        shapes = [to_shape(area.outline) for area in session.scalars(drawn) if area.outline]
        if shapes:
            return union_all(shapes)
    return None
