"""Drawing the borders of neighbourhoods, from homes alone."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Level
from geo_service.areas.queries import areas_around
from geo_service.geo.cells import cell_centre
from geo_service.geo.partition import partition
from geo_service.neighbourhoods.models import HomesInCell, Neighbourhood
from geo_service.neighbourhoods.queries import borders, homes

NAMELESS = "이름 없는 곳"


def make_room(session: Session) -> None:
    """Let invented homes go, with every neighbourhood that had some and all it published.

    Real ones in the same hexagons begin anew, too.
    """
    theirs = select(HomesInCell.neighbourhood_id).where(HomesInCell.invented)
    session.execute(delete(Neighbourhood).where(Neighbourhood.id.in_(theirs)))
    session.execute(delete(HomesInCell).where(HomesInCell.invented))


def draw_borders(session: Session, *, since: datetime | None) -> int:
    """Make the one partition of all homes; how many neighbourhoods there are.

    A neighbourhood with the same hexagons as before goes on. One with others begins `since` then,
    with all it published gone: what was told before it is in no map of it. It is None where there
    were no others before.
    """
    known = dict(session.execute(homes()).all())
    before = {name: frozenset(cells) for name, cells in session.execute(borders())}
    after = partition(known)
    gone = [name for name, cells in before.items() if after.get(name) != cells]
    session.execute(delete(Neighbourhood).where(Neighbourhood.id.in_(gone)))
    for name, cells in after.items():
        count = sum(known[cell] for cell in cells)
        if before.get(name) == cells:
            same = Neighbourhood.id == name
            session.execute(update(Neighbourhood).where(same).values(homes=count))
            continue
        fullest = min(cells, key=lambda cell: (-known[cell], cell))
        around = session.scalars(areas_around(cell_centre(fullest))).all()
        district = next((area.id for area in around if area.level is Level.SIGUNGU), None)
        session.add(
            Neighbourhood(
                id=name,
                homes=count,
                name=_name(around[0]) if around else NAMELESS,
                district_id=district,
                since=since,
            )
        )
        session.flush()
        session.execute(
            update(HomesInCell).where(HomesInCell.cell.in_(cells)).values(neighbourhood_id=name)
        )
    session.flush()
    return len(after)


def _name(area: Area) -> str:
    return area.name
