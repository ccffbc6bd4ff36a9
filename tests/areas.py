"""A small made-up district of squares, a hundredth of a degree wide."""

from datetime import date
from typing import Any

import shapely
from shapely import MultiPolygon
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, DongShare, Register
from geo_service.areas.workflow.deeds import ALWAYS, Code, draw, new_area, sketched, vouch
from geo_service.geo.place import Place

WEST, SOUTH = 129.05, 35.15
"""The corner of the first square; in Busan, far from the pilot."""

DRAWN_ON = date(2025, 1, 1)


def plot(column: int, *, columns: int = 1) -> MultiPolygon:
    """One square of the district, or several in a row."""
    west = WEST + 0.01 * column
    return MultiPolygon([shapely.box(west, SOUTH, west + 0.01 * columns, SOUTH + 0.01)])


def inside(column: float) -> Place:
    """The middle of a square."""
    return Place(SOUTH + 0.005, WEST + 0.01 * (column + 0.5))


def an_area(session: Session, name: str, *codes: Code | str, **said: Any) -> Area:
    """An area; a code without a period is one for all time."""
    periods = [(code, ALWAYS) if isinstance(code, str) else code for code in codes]
    shape = said.pop("shape", None)
    area = new_area(name, said.pop("register", Register.BOTH), periods, **said)
    if shape:
        (outline,) = sketched([shape], source="시험", reference_on=DRAWN_ON)
        draw(area, outline)
        vouch(area, outline)
    session.add(area)
    session.commit()
    return area


def a_district(session: Session) -> Area:
    """부산광역시 시험구, without dongs."""
    province = an_area(session, "부산광역시", "26", aliases=("부산",))
    return an_area(
        session,
        "시험구",
        "26990",
        parent=province,
        aliases=("부산 시험구",),
        shape=plot(0, columns=4),
    )


def a_dong(session: Session, district: Area, name: str, ending: str, **said: Any) -> Area:
    """A dong of it, administrative unless said otherwise."""
    usual = {"register": Register.ADMINISTRATIVE}
    return an_area(session, name, f"26990{ending}", parent=district, **usual | said)


def share(session: Session, legal: Area, *administrative: Area) -> None:
    """Say which administrative dongs cover a part of a legal one."""
    session.add_all(
        DongShare(legal_id=legal.id, administrative_id=each.id) for each in administrative
    )
    session.commit()
