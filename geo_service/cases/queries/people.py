"""Who works where, as far as the login of the reports may know it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from geo_service.accounts.models import Person
from geo_service.areas.models import Area
from geo_service.cases.queries import Rows
from geo_service.offices.models import Office, Role, Staff
from geo_service.offices.queries import answered_dongs


def caseworkers_of(centres: Collection[UUID]) -> Rows:
    """The caseworkers of these centres.

    Shape: rows of id, name, email, tongue. Order: by name.
    """
    return (
        select(Person.id, Person.name, Person.email, Person.tongue)
        .join(Staff, Staff.person_id == Person.id)
        .where(Staff.office_id.in_(centres), Staff.role == Role.CASEWORKER)
        .distinct()
        .order_by(Person.name, Person.id)
    )


def leads_of(centre_id: UUID) -> Rows:
    """The leads of the district in which a centre answers for a dong.

    Shape: rows of id, name, email, tongue.
    """
    centre, dong, district = aliased(Office), aliased(Area), aliased(Office)
    return (
        select(Person.id, Person.name, Person.email, Person.tongue)
        .join(Staff, Staff.person_id == Person.id)
        .join(district, district.id == Staff.office_id)
        .join(dong, dong.parent_id == district.area_id)
        .join(centre, centre.answers_for_id == dong.id)
        .where(centre.id == centre_id, Staff.role == Role.DISTRICT_LEAD)
        .distinct()
    )


def names_of(people: Collection[UUID]) -> Rows:
    """How people are called. Shape: rows of id, name."""
    return select(Person.id, Person.name).where(Person.id.in_(people))


def centres_beside(centre_id: UUID) -> Rows:
    """The other dong centres of a centre's district that have a caseworker.

    Shape: rows of id, name, district. Order: by name.
    """
    centre, dong = aliased(Office), aliased(Area)
    own = (
        select(dong.parent_id)
        .join(centre, centre.answers_for_id == dong.id)
        .where(centre.id == centre_id)
        .scalar_subquery()
    )
    return _centres_but(centre_id).where(Area.parent_id == own)


def centres_named(words: str, centre_id: UUID) -> Rows:
    """The same anywhere, but this one, by the names of their dongs: 북구 용봉, 수완동.

    Shape and order: as above.
    """
    return _centres_but(centre_id).where(Area.id.in_(answered_dongs(words)))


def the_other_centre(office_id: UUID, centre_id: UUID) -> Rows:
    """A dong centre with a caseworker that is not this one, in the same shape."""
    return _centres_but(centre_id).where(Office.id == office_id)


def _centres_but(centre_id: UUID) -> Rows:
    """Where nobody would answer, nothing is offered."""
    district = aliased(Area)
    answers = exists(Staff.person_id).where(
        Staff.office_id == Office.id, Staff.role == Role.CASEWORKER
    )
    return (
        select(Office.id, Office.name, district.full_name.label("district"))
        .join(Area, Area.id == Office.answers_for_id)
        .outerjoin(district, district.id == Area.parent_id)
        .where(Office.id != centre_id, answers)
        .order_by(Office.name, Office.id)
    )
