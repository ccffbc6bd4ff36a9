"""Questions about neighbourhoods. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, TextClause, bindparam, func, select, text

from geo_service.areas.models import Area
from geo_service.neighbourhoods.models import (
    HomesInCell,
    Neighbourhood,
    Publication,
    PublishedCount,
)
from geo_service.offices.models import Office


def last_publication() -> Select[date]:
    """Until when the latest figures count."""
    return select(Publication.until).order_by(Publication.until.desc()).limit(1)


def districts() -> Select[Area]:
    """Those with any neighbourhood. Order: by name."""
    known = select(Neighbourhood.district_id)
    return select(Area).where(Area.id.in_(known)).order_by(Area.full_name, Area.id)


def districts_led_by(offices: Collection[UUID]) -> Select[Area]:
    """The districts of these offices. Order: by name."""
    theirs = select(Office.area_id).where(Office.id.in_(offices))
    return districts().where(Area.id.in_(theirs))


def neighbourhoods_in(
    district_id: int, until: date | None
) -> Select[Neighbourhood, int | None, Sequence[int]]:
    """The neighbourhoods of a district, what was published of each, and their hexagons.

    Shape: `told` is None where fewer than five were, or nothing is published. Order: by name.
    """
    cells = borders().subquery()
    said = (PublishedCount.neighbourhood_id == Neighbourhood.id) & (PublishedCount.until == until)
    told = cast("ColumnElement[int | None]", PublishedCount.told)
    return (
        select(Neighbourhood, told, cells.c.cells)
        .join(cells, cells.c.neighbourhood_id == Neighbourhood.id)
        .outerjoin(PublishedCount, said)
        .where(Neighbourhood.district_id == district_id)
        .order_by(Neighbourhood.name, Neighbourhood.id)
    )


def told_by_fives(until: datetime) -> TextClause:
    """What the walls let out of the year before `until`: (neighbourhood, a multiple of five)."""
    asked = text("SELECT neighbourhood_id, told FROM reports.told_by_fives(:until)")
    return asked.bindparams(bindparam("until", until))


def homes() -> Select[int, int]:
    """Every hexagon, and how many households live there."""
    return select(HomesInCell.cell, HomesInCell.homes)


def borders() -> Select[int, Sequence[int]]:
    """Every neighbourhood with its hexagons."""
    name = cast("ColumnElement[int]", HomesInCell.neighbourhood_id)
    cells = func.array_agg(HomesInCell.cell).label("cells")
    return select(name, cells).where(name.is_not(None)).group_by(name)
