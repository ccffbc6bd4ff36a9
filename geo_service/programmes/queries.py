"""Questions about programmes. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from geo_service.accounts.models import Person
from geo_service.programmes.models import Period, Programme, Use


def programmes_of(offices: Collection[UUID]) -> Select[Programme]:
    """The programmes of these offices, closed ones last. Order: latest first."""
    return (
        select(Programme)
        .where(Programme.office_id.in_(offices))
        .options(joinedload(Programme.office))
        .order_by(
            Programme.closed_at.is_not(None),
            Programme.valid_from.desc(),
            Programme.name,
            Programme.id,
        )
    )


def the_programme(programme_id: UUID, offices: Collection[UUID]) -> Select[Programme]:
    """One programme, if it is of one of these offices."""
    return select(Programme).where(Programme.id == programme_id, Programme.office_id.in_(offices))


def paying_on(office_id: UUID, day: date) -> Select[Programme]:
    """The programmes from which an office can pay for work on a day. Order: by name."""
    return (
        select(Programme)
        .where(
            Programme.office_id == office_id,
            Programme.closed_at.is_(None),
            Programme.valid_from <= day,
            Programme.valid_until >= day,
        )
        .order_by(Programme.name, Programme.id)
    )


def used_by(person_id: UUID, programme_id: UUID) -> Select[Use]:
    """What a person has planned and worked for a programme. Order: by period and its first day."""
    return (
        select(Use)
        .where(Use.programme_id == programme_id, Use.person_id == person_id)
        .order_by(Use.period, Use.begins_on)
    )


def workers_of(programme_id: UUID) -> Select[Use]:
    """Everybody with hours in a programme, and how many in all. Order: most first, then by name."""
    return (
        select(Use)
        .join(Use.person)
        .where(Use.programme_id == programme_id, Use.period == Period.ALL, Use.minutes > 0)
        .options(contains_eager(Use.person))
        .order_by(Use.minutes.desc(), Person.name, Person.id)
    )


def held(programme_ids: Select[UUID | None] | Collection[UUID]) -> Select[UUID]:
    """The rows of some programmes, kept from others until the transaction ends. Order: by id.

    Whoever will move the balance of several, or locks shifts, asks for them all here first, so
    that nobody waits for somebody who waits for them.
    """
    return (
        select(Programme.id)
        .where(Programme.id.in_(programme_ids))
        .order_by(Programme.id)
        .with_for_update(key_share=True)
    )
