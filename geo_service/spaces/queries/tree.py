"""A space, what it is a part of, and all that is in the same house."""

from uuid import UUID

from sqlalchemy import CTE, Select, literal, select

from geo_service.spaces.models import Space

_spaces = Space.__table__.c
DEEPEST = 8
"""Wholes of wholes; a circle, should an import draw one, ends here too."""


def lineage(space_id: UUID) -> Select[UUID]:
    """The space and every whole around it; order: outwards, so the last is the house."""
    own = select(_spaces.id, _spaces.part_of_id, literal(0).label("depth")).where(
        _spaces.id == space_id
    )
    around = own.cte("around", recursive=True)
    whole = select(_spaces.id, _spaces.part_of_id, around.c.depth + 1).where(
        _spaces.id == around.c.part_of_id, around.c.depth < DEEPEST
    )
    around = around.union_all(whole)
    return select(around.c.id).order_by(around.c.depth)


def household(house_id: UUID) -> CTE:
    """The ids of a house and of everything in it, for `IN`."""
    top = select(_spaces.id, literal(0).label("depth")).where(_spaces.id == house_id)
    inside = top.cte("inside", recursive=True)
    part = select(_spaces.id, inside.c.depth + 1).where(
        _spaces.part_of_id == inside.c.id, inside.c.depth < DEEPEST
    )
    return inside.union_all(part)
