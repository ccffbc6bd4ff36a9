"""Questions about offices. Each returns SQL; the caller decides when to run it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, literal, select

from geo_service.areas.models import Area, DongShare
from geo_service.areas.queries import in_force
from geo_service.geo.columns import PlaceType
from geo_service.geo.place import Place
from geo_service.offices.models import Office, Staff


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


def posts_of(person_id: UUID) -> Select[Staff]:
    """Every role of a person, in every office."""
    return select(Staff).where(Staff.person_id == person_id)
