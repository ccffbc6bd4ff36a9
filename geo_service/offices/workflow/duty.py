"""Who answers for a place."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Level, Register
from geo_service.areas.queries import area_at, today
from geo_service.geo.place import Place
from geo_service.offices.models import Office
from geo_service.offices.queries import centre_of, centres_sharing


@dataclass(frozen=True, slots=True)
class Duty:
    """The dong centre that must answer for a place."""

    office: Office
    dong: Area
    """The administrative dong it answers for."""
    confirmed: bool
    """Whether the outline of that dong says so, or it is merely the nearest that may be."""


def centre_for(session: Session, place: Place, *, on: date | None = None) -> Duty | None:
    """The dong centre that must answer for a place; None where nobody is known to.

    Duties follow administrative dongs. Where their outlines are known, the dong around the place
    decides, and no other centre stands in for it. Where only legal dongs are known, it is the
    nearest centre among the administrative dongs that share the legal dong: unconfirmed.
    """
    on = on or today()
    if dong := _dong(session, place, Register.ADMINISTRATIVE, on):
        found = session.execute(centre_of(dong.id)).first()
        return found and Duty(*found, confirmed=True)
    if legal := _dong(session, place, Register.LEGAL, on):
        found = session.execute(centres_sharing(legal.id, place, on=on).limit(1)).first()
        return found and Duty(*found, confirmed=False)
    return None


def _dong(session: Session, place: Place, register: Register, on: date) -> Area | None:
    return session.scalar(area_at(place, register=register, level=Level.DONG, on=on))
