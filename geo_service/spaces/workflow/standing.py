"""Whether somebody may book at all: as a neighbour, and after what they did before."""

from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from geo_service.accounts.models import Person
from geo_service.areas.models import Area, DongShare
from geo_service.spaces.models import Booking, State, Strike, Terms, Who
from geo_service.spaces.queries.tree import household
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.problems import (
    BookingsSuspended,
    OnlyForNeighbours,
    TooManyHolds,
)

MOST_HOLDS = 3
"""Wishes not yet confirmed, in one house; more would keep others away for nothing."""


def check_standing(house: House, person: Person) -> None:
    """Raises: OnlyForNeighbours, BookingsSuspended, TooManyHolds."""
    _check_neighbour(house, person)
    until = suspended_until(house, person)
    if until is not None:
        raise BookingsSuspended(until=until.isoformat())
    holds = select(func.count(func.coalesce(Booking.series_id, Booking.id).distinct())).where(
        Booking.person_id == person.id,
        Booking.state == State.HELD,
        Booking.space_id.in_(select(household(house.id).c.id)),
    )
    if house.session.scalars(holds).one() >= MOST_HOLDS:
        raise TooManyHolds


def suspended_until(house: House, person: Person) -> datetime | None:
    """When enough no-shows at this office will be forgiven; None if they may book now."""
    if house.terms.strikes is None:
        return None
    running = (
        select(Strike.expires_at)
        .where(
            Strike.person_id == person.id,
            Strike.office_id == house.terms.space.office_id,
            Strike.expires_at > house.at,
        )
        .order_by(Strike.expires_at.desc())
        .limit(house.terms.strikes)
    )
    ends = house.session.scalars(running).all()
    return ends[-1] if len(ends) == house.terms.strikes else None


def _check_neighbour(house: House, person: Person) -> None:
    terms = house.terms
    if terms.who is Who.ANYONE:
        return
    here, dong = terms.space.area_id, person.neighbour_of_id
    if here is None or dong is None or not house.session.scalar(_belongs(terms, here, dong)):
        raise OnlyForNeighbours


def _belongs(terms: Terms, here: int, dong: int) -> Select[bool]:
    if terms.who is Who.DONG:
        shared = exists().where(
            or_(
                (DongShare.legal_id == here) & (DongShare.administrative_id == dong),
                (DongShare.legal_id == dong) & (DongShare.administrative_id == here),
            )
        )
        return select(or_(shared, Area.id == dong)).where(Area.id == here)
    mine = aliased(Area)
    return select(mine.parent_id.in_([Area.parent_id, Area.id])).where(
        Area.id == here, mine.id == dong
    )
