"""Questions about offices. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.orm import joinedload

from geo_service.areas.models import Area, DongShare, Level
from geo_service.areas.queries import areas_matching, in_force
from geo_service.geo.columns import PlaceType
from geo_service.geo.place import Place
from geo_service.offices.models import Invitation, Office, Staff

MOST_NAMED = 200
"""Dongs that one name finds; who means another writes its district as well."""


def centre_of(dong_id: int) -> Select[Office, Area]:
    """The centre that answers for an administrative dong, and the dong."""
    return (
        select(Office, Area)
        .join(Area, Area.id == Office.answers_for_id)
        .where(Office.answers_for_id == dong_id)
    )


def centres_sharing(legal_id: int, place: Place, *, on: date) -> Select[Office, Area]:
    """The centres of all administrative dongs that cover a part of a legal dong, and the dongs.

    Order: nearest to the place first; those whose own place is unknown come last.
    """
    metres = func.ST_Distance(Office.place, literal(place, PlaceType))
    return (
        select(Office, Area)
        .join(Area, Area.id == Office.answers_for_id)
        .join(DongShare, DongShare.administrative_id == Area.id)
        .where(DongShare.legal_id == legal_id, in_force(on))
        .order_by(metres.nulls_last(), Office.id)
    )


def answered_dongs(words: str) -> Select[int]:
    """The dongs of this name for which a centre answers, by id. Order: the closest first."""
    answered = exists(Office.id).where(Office.answers_for_id == Area.id)
    named = areas_matching(words, level=Level.DONG).where(answered)
    return named.with_only_columns(Area.id).limit(MOST_NAMED)


def posts_of(person_id: UUID) -> Select[Staff]:
    """Every role of a person, in every office."""
    return select(Staff).where(Staff.person_id == person_id)


def offices_named(words: str, *, partly: bool = False) -> Select[Office]:
    """Offices with this name, or with these words in it. Order: by name."""
    named = Office.name.contains(words, autoescape=True) if partly else Office.name == words
    return select(Office).where(named).order_by(Office.name, Office.id)


def with_staff_counted(found: Select[Office]) -> Select[Office, int]:
    """The same offices, with how many people work in each."""
    people = select(func.count(Staff.person_id.distinct())).where(Staff.office_id == Office.id)
    return found.add_columns(people.correlate(Office).scalar_subquery())


def staff_of(office_id: UUID) -> Select[Staff]:
    """Everybody who works in an office, with their names. Order: by role, then since when."""
    return (
        select(Staff)
        .where(Staff.office_id == office_id)
        .options(joinedload(Staff.person))
        .order_by(Staff.role, Staff.since)
    )


def invitations_of(office_id: UUID) -> Select[Invitation]:
    """The roles that an office has offered and nobody has taken. Order: latest first."""
    return (
        select(Invitation)
        .where(Invitation.office_id == office_id)
        .order_by(Invitation.invited_at.desc())
    )


def offices_in(ids: Collection[UUID]) -> Select[Office]:
    """These offices. Order: by name."""
    return select(Office).where(Office.id.in_(ids)).order_by(Office.name, Office.id)
