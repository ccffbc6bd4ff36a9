"""What somebody with time asks, and what they are told."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from geo_service.geo.walking import Pace
from geo_service.jobs.models import Job, PayUnit
from geo_service.listings.models import Kind
from geo_service.listings.schemas import Point
from geo_service.spare.models import Chance
from geo_service.web.params import Latitude, Longitude

LEAST, USUAL, MOST = 60, 120, 240


class NowQuery(BaseModel):
    """Where, and how much time."""

    model_config = ConfigDict(extra="forbid")

    lat: Latitude
    lng: Longitude
    minutes: Annotated[int, Field(ge=LEAST, le=MOST, description="From now on.")] = USUAL
    pace: Annotated[Pace, Field(description="How fast one walks.")] = Pace.USUAL


class ChanceProperties(BaseModel):
    """What can be begun within the time."""

    kind: Kind
    title: str
    office: str
    address: str
    url: str
    demo: bool
    distance_m: float
    walk_minutes: int
    begins_at: datetime
    ends_at: datetime | None
    urgent: bool = Field(description="Whether the office calls for urgent help.")
    pay_won: int | None = Field(default=None, description="Of a job.")
    pay_unit: PayUnit | None = None
    cost_won: int | None = Field(default=None, description="Of a room, for this time.")


class ChanceFeature(BaseModel):
    """One chance, as GeoJSON."""

    type: Literal["Feature"] = "Feature"
    id: UUID
    geometry: Point
    properties: ChanceProperties

    @classmethod
    def of(cls, chance: Chance) -> Self:
        """What is told of it."""
        it, place = chance.listing, chance.listing.place
        job = it if isinstance(it, Job) else None
        return cls(
            id=it.id,
            geometry=Point(type="Point", coordinates=(round(place.lng, 6), round(place.lat, 6))),
            properties=ChanceProperties(
                kind=it.kind,
                title=it.title,
                office=it.office.name,
                address=it.address,
                url=f"/{it.kind}s/{it.id}",
                demo=it.is_demo,
                distance_m=round(chance.distance_m, 1),
                walk_minutes=chance.walk_minutes,
                begins_at=chance.begins_at,
                ends_at=chance.ends_at,
                urgent=chance.is_urgent,
                pay_won=job and job.pay_won,
                pay_unit=job and job.pay_unit,
                cost_won=chance.cost_won,
            ),
        )


class Chances(BaseModel):
    """All of them, nearest first."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    numberReturned: int  # noqa: N815
    features: list[ChanceFeature]
    next: Annotated[
        ChanceFeature | None, Field(description="What can be begun next, when nothing can now.")
    ] = None
