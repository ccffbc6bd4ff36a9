"""The plan of a dong, and who comes."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from geo_service.accounts.models import Person
from geo_service.watchers.models import Activity, Part, Watcher
from geo_service.watchers.queries.members import is_good

_WHO = selectinload(Activity.parts).joinedload(Part.watcher, innerjoin=True)


def plan_of(office_id: UUID) -> Select[Activity]:
    """Everything that a dong planned, of the last hundred. Order: the latest first."""
    return (
        select(Activity)
        .where(Activity.office_id == office_id)
        .options(_WHO)
        .order_by(Activity.starts_at.desc(), Activity.id)
        .limit(100)
    )


def ahead_of(office_id: UUID, *, at: datetime) -> Select[Activity]:
    """What a dong's watchers may come to. Order: what begins first."""
    return (
        select(Activity)
        .where(
            Activity.office_id == office_id,
            Activity.done_at.is_(None),
            Activity.called_off_at.is_(None),
            Activity.ends_at > at,
        )
        .options(_WHO)
        .order_by(Activity.starts_at, Activity.id)
    )


def the_activity(activity_id: UUID, offices: Collection[UUID]) -> Select[Activity]:
    """One of these dongs'."""
    return (
        select(Activity)
        .where(Activity.id == activity_id, Activity.office_id.in_(offices))
        .options(_WHO)
    )


def my_activity(activity_id: UUID, person_id: UUID, *, at: datetime) -> Select[Activity]:
    """One of the dong in which somebody is a watcher."""
    return (
        select(Activity)
        .join(Watcher, Watcher.office_id == Activity.office_id)
        .where(Activity.id == activity_id, Watcher.person_id == person_id, is_good(at))
        .options(_WHO)
    )


def how_many_come(activity_id: UUID) -> Select[int]:
    """Who has signed up."""
    return select(func.count()).select_from(Part).where(Part.activity_id == activity_id)


def people_in(activity_id: UUID) -> Select[Person]:
    """Who has signed up, to be told. Order: by id."""
    return (
        select(Person)
        .join(Watcher, Watcher.person_id == Person.id)
        .join(Part, Part.watcher_id == Watcher.id)
        .where(Part.activity_id == activity_id)
        .order_by(Person.id)
    )


def people_watching(office_id: UUID, *, at: datetime) -> Select[Person]:
    """Everybody who is a watcher of a dong, to be told. Order: by id."""
    return (
        select(Person)
        .join(Watcher, Watcher.person_id == Person.id)
        .where(Watcher.office_id == office_id, is_good(at))
        .order_by(Person.id)
    )
