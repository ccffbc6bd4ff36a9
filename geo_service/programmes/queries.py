"""Questions about programmes. Each returns SQL; the caller decides when to run it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from geo_service.programmes.models import Programme, Use


def programmes_of(offices: Collection[UUID]) -> Select[Programme]:
    """The programmes of these offices, closed ones last. Order: latest first."""
    return (
        select(Programme)
        .where(Programme.office_id.in_(offices))
        .order_by(Programme.closed_at.is_not(None), Programme.valid_from.desc(), Programme.name)
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
