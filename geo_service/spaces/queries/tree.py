"""A space, what it is a part of, and all that is in the same house.

Written once and asked with values: every deed asks them, and to build them costs more than to run
them.
"""

from typing import Any

from sqlalchemy import CTE, Select, Uuid, bindparam, literal, select

from geo_service.spaces.models import Space

_spaces = Space.__table__.c

DEEPEST = 8
"""Wholes of wholes; a circle, should an import draw one, ends here too."""

THE_SPACE = bindparam("space_id", type_=Uuid)
THE_HOUSE = bindparam("house_id", type_=Uuid)


def _lineage() -> Select[Any]:
    own = select(_spaces.id, _spaces.part_of_id, literal(0).label("depth"))
    around = own.where(_spaces.id == THE_SPACE).cte("around", recursive=True)
    whole = select(_spaces.id, _spaces.part_of_id, around.c.depth + 1).where(
        _spaces.id == around.c.part_of_id, around.c.depth < DEEPEST
    )
    around = around.union_all(whole)
    return select(around.c.id).order_by(around.c.depth)


def _household() -> CTE:
    top = select(_spaces.id, literal(0).label("depth")).where(_spaces.id == THE_HOUSE)
    inside = top.cte("inside", recursive=True)
    part = select(_spaces.id, inside.c.depth + 1).where(
        _spaces.part_of_id == inside.c.id, inside.c.depth < DEEPEST
    )
    return inside.union_all(part)


LINEAGE = _lineage()
"""`:space_id` and every whole around it; order: outwards, so the last is the house."""

HOUSEHOLD = select(_household().c.id)
"""The ids of `:house_id` and of everything in it, for `IN`."""
