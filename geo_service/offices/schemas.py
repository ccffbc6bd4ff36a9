"""Offices as JSON."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from geo_service.areas.models import Area
from geo_service.areas.schemas import AreaOut
from geo_service.offices.models import Office
from geo_service.web.params import Latitude, Longitude


class PlaceQuery(BaseModel):
    """Which place is asked about."""

    model_config = ConfigDict(extra="forbid")

    lat: Latitude
    lng: Longitude


class PlaceOut(BaseModel):
    """A point. Units: degrees, WGS 84."""

    lat: Annotated[float, Field(examples=[35.140746])]
    lng: Annotated[float, Field(examples=[126.798783])]


class CentreOut(BaseModel):
    """The dong centre that must answer for a place."""

    id: UUID
    name: Annotated[str, Field(examples=["송정1동 행정복지센터"])]
    address: Annotated[str | None, Field(examples=["광주광역시 광산구 광산로 70"])]
    place: PlaceOut | None
    phone: Annotated[str | None, Field(description="E.164.", examples=["+82629608114"])]
    dong: Annotated[
        str, Field(description="The administrative dong it answers for.", examples=["송정1동"])
    ]
    confirmed: Annotated[
        bool,
        Field(
            description="True where the outline of that dong decides; false where only legal"
            " dongs are known, and this is the nearest centre that may be meant."
        ),
    ]

    @classmethod
    def of(cls, office: Office, dong: Area, *, confirmed: bool) -> Self:
        """What is told of a duty."""
        place = office.place
        return cls(
            id=office.id,
            name=office.name,
            address=office.address,
            place=place and PlaceOut(lat=place.lat, lng=place.lng),
            phone=office.phone,
            dong=dong.name,
            confirmed=confirmed,
        )


class AreasAtOut(BaseModel):
    """What lies around a place, and who answers for it."""

    areas: Annotated[
        list[AreaOut],
        Field(description="Smallest first, the administrative dong before the legal one."),
    ]
    centre: CentreOut | None
