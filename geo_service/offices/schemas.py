"""Offices as JSON, and as people type them."""

import re
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from geo_service.areas.models import Area
from geo_service.areas.schemas import AreaOut
from geo_service.geo.place import Place
from geo_service.offices.models import Office, OfficeKind, Role, Staff
from geo_service.web.fields import Email, FormModel, Line, Telephone, unfit
from geo_service.web.params import Latitude, Longitude


def _web_address(typed: str) -> str:
    if not re.fullmatch(r"https?://\S+", typed):
        raise unfit(
            "Write an address that begins with https://.", "https://로 시작하는 주소를 적어 주세요."
        )
    return typed


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


class OfficeIn(BaseModel):
    """What an officer says of an office."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=140, examples=["송정1동 행정복지센터"])]
    kind: OfficeKind
    address: Annotated[str | None, Field(max_length=300)] = None
    lat: Annotated[Latitude | None, Field()] = None
    lng: Annotated[Longitude | None, Field()] = None
    phone: Telephone | None = None
    homepage: Annotated[str | None, Field(max_length=500, pattern=r"^https?://\S+$")] = None
    hours_words: Annotated[str | None, Field(max_length=300, examples=["평일 09:00–18:00"])] = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.lat is None) != (self.lng is None):
            message = "Give both lat and lng, or neither."
            raise ValueError(message)
        return self

    @property
    def place(self) -> Place | None:
        """Where it is."""
        if self.lat is None or self.lng is None:
            return None
        return Place(self.lat, self.lng)


class OfficeOut(BaseModel):
    """An office, as those who work there see it."""

    id: UUID
    name: str
    kind: OfficeKind
    address: str | None
    place: PlaceOut | None
    phone: str | None
    homepage: str | None
    hours_words: str | None
    version: Annotated[int, Field(description="Counts the edits; the ETag holds it.")]

    @classmethod
    def of(cls, office: Office) -> Self:
        """What is told of an office."""
        place = office.place
        return cls(
            id=office.id,
            name=office.name,
            kind=office.kind,
            address=office.address,
            place=place and PlaceOut(lat=place.lat, lng=place.lng),
            phone=office.phone,
            homepage=office.homepage,
            hours_words=office.hours_words,
            version=office.version,
        )


class StaffOut(BaseModel):
    """One role of one person in an office."""

    person_id: UUID
    name: str
    role: Role
    since: datetime

    @classmethod
    def of(cls, post: Staff) -> Self:
        """What colleagues are told."""
        return cls(
            person_id=post.person_id, name=post.person.name, role=post.role, since=post.since
        )


class InvitationIn(BaseModel):
    """A role to offer by mail."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    role: Role


class InvitationOut(BaseModel):
    """A role that was offered and that nobody has taken yet."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    role: Role
    expires_at: datetime


class OfficeForm(FormModel):
    """The same as `OfficeIn`, typed into a page; its place is moved by pin or by address."""

    name: Annotated[Line, Field(min_length=1, max_length=140)]
    kind: OfficeKind
    address: Annotated[Line | None, Field(max_length=300)] = None
    phone: Telephone | None = None
    homepage: Annotated[str | None, Field(max_length=500), AfterValidator(_web_address)] = None
    hours_words: Annotated[Line | None, Field(max_length=300)] = None


class InvitationForm(FormModel):
    """A role to offer, typed into a page."""

    email: Email
    role: Role


class WordForm(FormModel):
    """The word of a link, carried by a form."""

    word: Annotated[str, Field(min_length=1, max_length=100)]
