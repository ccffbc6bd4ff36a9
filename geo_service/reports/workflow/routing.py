"""Which dong centre a report goes to, and how sure that is."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.areas.models import Area, Level, Register
from geo_service.areas.queries import area_at, areas_matching, today
from geo_service.errors import Invalid
from geo_service.geo.place import Place
from geo_service.offices.models import Office
from geo_service.offices.queries import centre_of, centres_sharing
from geo_service.offices.workflow import centre_for
from geo_service.reports.models import Routing
from geo_service.reports.queries import dongs_within

BORDER_M = 50.0
"""So near to another dong, a pin may as well be meant there: both centres are told."""


class NobodyAnswersThere(Invalid):
    """We do not know which dong centre answers there. Choose the dong."""

    korean = "그곳을 맡은 행정복지센터를 알 수 없어요. 동을 골라 주세요."


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes."""

    centre_id: UUID
    routing: Routing
    second_centre_id: UUID | None = None
    """Told as well; one of the two must accept."""


def route_to(
    session: Session, place: Place | None, dong_id: int | None, *, on: date | None = None
) -> Route:
    """The way of a report from a place; where that says nothing, from the dong that was chosen.

    Raises: NobodyAnswersThere.
    """
    on = on or today()
    if place is not None and (duty := centre_for(session, place, on=on)):
        if beyond := _beyond_the_border(session, place, duty.office.id, on):
            return Route(duty.office.id, Routing.BORDER, beyond)
        return Route(duty.office.id, Routing.SURE if duty.confirmed else Routing.UNCONFIRMED)
    found = session.execute(centre_of(dong_id)).first() if dong_id is not None else None
    if found is None:
        raise NobodyAnswersThere
    office, _dong = found
    return Route(office.id, Routing.UNCONFIRMED)


def _beyond_the_border(session: Session, place: Place, centre_id: UUID, on: date) -> UUID | None:
    """The nearest other centre that answers for a dong within `BORDER_M`, if there is one.

    Borders are those of the division that decided: of administrative dongs where one is drawn
    around the place, else of legal ones.
    """
    here = area_at(place, register=Register.ADMINISTRATIVE, level=Level.DONG, on=on)
    is_drawn = session.scalar(here) is not None
    register = Register.ADMINISTRATIVE if is_drawn else Register.LEGAL
    for dong in session.scalars(dongs_within(place, BORDER_M, register, on=on)).all():
        found = centre_of(dong.id) if is_drawn else centres_sharing(dong.id, place, on=on).limit(1)
        row = session.execute(found).first()
        if row is not None and row[0].id != centre_id:
            other: UUID = row[0].id
            return other
    return None


def dongs_with_centre(session: Session) -> list[Area]:
    """The dongs among which somebody may choose. Order: by name."""
    answering = select(Area).join(Office, Office.answers_for_id == Area.id)
    return list(session.scalars(answering.order_by(Area.name, Area.id)))


def dong_named(session: Session, words: str) -> int | None:
    """The only dong with a centre that one of these words names; None where it takes a question."""
    answering = {dong.id for dong in dongs_with_centre(session)}
    named = {
        area.id
        for word in words.split()
        if word.endswith(("동", "읍", "면"))
        for area in session.scalars(areas_matching(word, level=Level.DONG).limit(9))
        if area.id in answering
    }
    return named.pop() if len(named) == 1 else None
