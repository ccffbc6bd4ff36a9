"""Whether somebody may book at all: as a neighbour, and after what they did before."""

from datetime import datetime

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.spaces.models import Terms, Who
from geo_service.spaces.queries.standing import (
    STANDING,
    SUSPENDED_UNTIL,
    in_same_district,
    in_same_dong,
)
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.problems import (
    BookingsSuspended,
    OnlyForNeighbours,
    TooManyHolds,
)

MOST_HOLDS = 3
"""Wishes not yet confirmed, in one house; more would keep others away for nothing."""

_NEVER = 1_000_000
"""Stands for terms under which no number of no-shows matters."""


def check_standing(house: House, person: Person) -> None:
    """Raises: OnlyForNeighbours, BookingsSuspended, TooManyHolds."""
    if not is_neighbour(house.session, house.terms, person):
        raise OnlyForNeighbours
    values = _values(house.terms, person, house.at) | {"house_id": house.id}
    holds, until = house.session.execute(STANDING, values).one()
    if until is not None:
        raise BookingsSuspended(until=until.isoformat())
    if holds >= MOST_HOLDS:
        raise TooManyHolds


def suspended_until(
    session: Session, terms: Terms, person: Person, *, at: datetime
) -> datetime | None:
    """When enough no-shows at this office will be forgiven; None if they may book now."""
    return session.scalar(SUSPENDED_UNTIL, _values(terms, person, at))


def is_neighbour(session: Session, terms: Terms, person: Person) -> bool:
    """Whether they are among those who may book."""
    if terms.who is Who.ANYONE:
        return True
    here, dong = terms.space.area_id, person.neighbour_of_id
    if here is None or dong is None:
        return False
    near = in_same_dong if terms.who is Who.DONG else in_same_district
    return bool(session.scalar(near(here, dong)))


def _values(terms: Terms, person: Person, at: datetime) -> dict[str, object]:
    return {
        "person_id": person.id,
        "office_id": terms.space.office_id,
        "strikes": terms.strikes or _NEVER,
        "at": at,
    }
