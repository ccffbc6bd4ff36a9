"""Whether somebody may book: as a neighbour, and after what they did before."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Uuid,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from geo_service.areas.models import Area, DongShare
from geo_service.spaces.models import Booking, State, Strike
from geo_service.spaces.queries.taken import AT, is_over
from geo_service.spaces.queries.tree import HOUSEHOLD

_PERSON = bindparam("person_id", type_=Uuid)


def _standing() -> Select[Any]:
    holds = (
        select(func.count(func.coalesce(Booking.series_id, Booking.id).distinct()))
        .where(
            Booking.person_id == _PERSON,
            Booking.state == State.HELD,
            Booking.space_id.in_(HOUSEHOLD),
            not_(is_over()),
        )
        .scalar_subquery()
    )
    return select(holds.label("holds"), _suspension().label("suspended_until"))


def _suspension() -> ColumnElement[Any]:
    """The end of the strike that makes it too many: once it is forgiven, there are fewer."""
    return (
        select(Strike.expires_at)
        .where(
            Strike.person_id == _PERSON,
            Strike.office_id == bindparam("office_id", type_=Uuid),
            Strike.expires_at > AT,
        )
        .order_by(Strike.expires_at.desc())
        .offset(bindparam("strikes", type_=Integer) - 1)
        .limit(1)
        .scalar_subquery()
    )


STANDING = _standing()
"""How much `:person_id` holds in `:house_id` `:at` a moment, a series as one; and until when they
may not book in the spaces of `:office_id` because of `:strikes` no-shows."""

SUSPENDED_UNTIL = select(_suspension())
"""The second alone."""


def in_same_dong(here: int, dong: int) -> Select[bool]:
    """Whether a dong is that of a place, in either of the two divisions of the country."""
    shared = exists().where(
        or_(
            (DongShare.legal_id == here) & (DongShare.administrative_id == dong),
            (DongShare.legal_id == dong) & (DongShare.administrative_id == here),
        )
    )
    return select(or_(shared, Area.id == dong)).where(Area.id == here)


def in_same_district(here: int, dong: int) -> Select[bool]:
    """Whether a dong is in the district of a place."""
    other = aliased(Area)
    near = other.parent_id.in_([Area.parent_id, Area.id])
    return select(near).select_from(Area).join(other, other.id == dong).where(Area.id == here)
