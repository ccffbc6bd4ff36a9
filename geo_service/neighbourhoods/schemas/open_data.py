"""The map as open data."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from geo_service.geo.partition import K
from geo_service.neighbourhoods.models import Neighbourhood
from geo_service.neighbourhoods.schemas.outlines import outline


class NeighbourhoodProperties(BaseModel):
    """What is known of a neighbourhood."""

    name: str
    homes: int
    """Households, of public figures; at least 100."""
    told: int | None
    """How often somebody was worried about a neighbour there in the year before `until`, as a
    multiple of five; null where it was less often than five times."""


class NeighbourhoodFeature(BaseModel):
    """A neighbourhood with its border."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any]
    properties: NeighbourhoodProperties

    @classmethod
    def of(cls, place: Neighbourhood, told: int | None, cells: Sequence[int]) -> Self:
        """As it was published."""
        said = NeighbourhoodProperties(name=place.name, homes=place.homes, told=told)
        return cls(id=f"{place.id:x}", geometry=outline(cells), properties=said)


class Neighbourhoods(BaseModel):
    """A district's neighbourhoods: the one partition there is, and floored counts."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    until: date | None
    """The first day that is not counted; null before anything was published."""
    multiple: int = Field(default=K, examples=[K])
    features: list[NeighbourhoodFeature]
