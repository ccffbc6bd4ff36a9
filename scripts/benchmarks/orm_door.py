"""The way of a tutorial: mapped objects, response models, ST_DWithin on a geography column.

Kinds that the service does not know yet are no surprise here.
"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from geoalchemy2 import Geography
from geoalchemy2.shape import to_shape
from pydantic import BaseModel
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from geo_service.geo.walking import walk_minutes
from geo_service.listings.schemas import NearbyQuery
from geo_service.web.session import ReadSession

router = APIRouter()


class Base(DeclarativeBase):
    """Tables."""


class Office(Base):
    """Who offers."""

    __tablename__ = "office"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class Listing(Base):
    """What is offered."""

    __tablename__ = "listing"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    address: Mapped[str]
    source: Mapped[str]
    essentials: Mapped[dict[str, Any]] = mapped_column(JSONB)
    shown: Mapped[bool]
    place: Mapped[Any] = mapped_column(Geography("POINT", srid=4326))
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id))
    office: Mapped[Office] = relationship(lazy="joined", innerjoin=True)


class PointOut(BaseModel):
    """Where."""

    type: str = "Point"
    coordinates: tuple[float, float]


class PropertiesOut(BaseModel, extra="allow"):
    """What the card shows."""

    kind: str
    title: str
    office: str
    address: str
    url: str
    source: str
    demo: bool
    distance_m: float
    walk_minutes: int


class FeatureOut(BaseModel):
    """One listing."""

    type: str = "Feature"
    id: UUID
    geometry: PointOut
    properties: PropertiesOut


class FeaturesOut(BaseModel):
    """All that are near."""

    type: str = "FeatureCollection"
    features: list[FeatureOut]


@router.get("/orm")
def orm(query: Annotated[NearbyQuery, Query()], session: ReadSession) -> FeaturesOut:
    """Objects from the database, models to the client."""
    here = func.ST_SetSRID(func.ST_MakePoint(query.lng, query.lat), 4326).cast(Geography)
    metres = func.ST_Distance(Listing.place, here).label("metres")
    found = session.execute(
        select(Listing, metres)
        .where(Listing.shown, func.ST_DWithin(Listing.place, here, query.within_m))
        .order_by(metres, Listing.id)
        .limit(query.limit)
    )
    return FeaturesOut(features=[_feature(listing, distance_m) for listing, distance_m in found])


def _feature(listing: Listing, distance_m: float) -> FeatureOut:
    point = to_shape(listing.place)
    return FeatureOut(
        id=listing.id,
        geometry=PointOut(coordinates=(point.x, point.y)),
        properties=PropertiesOut(
            kind=listing.kind,
            title=listing.title,
            office=listing.office.name,
            address=listing.address,
            url=f"/{listing.kind}s/{listing.id}",
            source=listing.source,
            demo=listing.source == "demo",
            distance_m=round(distance_m, 1),
            walk_minutes=walk_minutes(distance_m),
            **listing.essentials,
        ),
    )
