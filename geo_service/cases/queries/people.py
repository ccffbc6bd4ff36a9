"""Who works where, as far as the login of the reports may know it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from geo_service.accounts.models import Person
from geo_service.areas.models import Area
from geo_service.cases.queries import Rows
from geo_service.offices.models import Office, Role, Staff


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
    """The other dong centres of a centre's district. Shape: rows of id, name. Order: by name."""
    centre, dong, beside = aliased(Office), aliased(Area), aliased(Area)
    return (
        select(Office.id, Office.name)
        .join(beside, beside.id == Office.answers_for_id)
        .join(dong, dong.parent_id == beside.parent_id)
        .join(centre, centre.answers_for_id == dong.id)
        .where(centre.id == centre_id, Office.id != centre_id)
        .order_by(Office.name, Office.id)
    )
