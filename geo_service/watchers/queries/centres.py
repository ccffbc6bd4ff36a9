"""The dong centres that somebody may join."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.areas.models import Area
from geo_service.offices.models import Office, OfficeKind
from geo_service.offices.queries import answered_dongs

MOST_OFFERED = 40
"""More than this one does not look through: one types a name."""


def _centres() -> Select[Office, Area]:
    return (
        select(Office, Area)
        .join(Area, Area.id == Office.answers_for_id)
        .order_by(Area.name, Area.full_name, Office.id)
        .limit(MOST_OFFERED)
    )


def centres_named(words: str) -> Select[Office, Area]:
    """Dong centres whose dong bears, or begins with, this name. Order: by name."""
    return _centres().where(Area.id.in_(answered_dongs(words)))


def centres_beside(centre: Office) -> Select[Office, Area]:
    """The dong centres of the same district, itself included. Order: by name."""
    district = select(Area.parent_id).where(Area.id == centre.answers_for_id).scalar_subquery()
    return _centres().where(Area.parent_id == district)


def centres_anywhere() -> Select[Office, Area]:
    """Dong centres, for somebody of whom nothing is known. Order: by name."""
    return _centres()


def the_centre(office_id: UUID) -> Select[Office]:
    """A dong centre."""
    return select(Office).where(Office.id == office_id, Office.kind == OfficeKind.DONG_CENTRE)
