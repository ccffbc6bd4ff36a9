"""Listings as GeoJSON, the shape that maps read, and the questions one may ask about them.

Source: RFC 7946. Order: longitude first, unlike everywhere else here.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self, get_args
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.dialects.postgresql import Range

from geo_service.geo.cells import cell_outline
from geo_service.geo.nearby import GREATEST_RADIUS_M
from geo_service.geo.walking import WALK_RADIUS_M, Pace
from geo_service.hours.week import WEEK, by_day
from geo_service.listings.models import Kind, Listing
from geo_service.web.params import Latitude, Longitude, Moment, Words

Kinds = Annotated[
    list[Kind],
    Field(
        max_length=20,
        description="Only these kinds; all of them if none is named.",
        examples=[["job", "space"]],
    ),
]
Limit = Annotated[int, Field(ge=1, le=200, description="At most so many at a time.")]
Cursor = Annotated[str | None, Field(max_length=60, description="From `links` of the page before.")]
Bbox = Annotated[
    str,
    Field(
        max_length=120,
        description="west,south,east,north in degrees. Source: RFC 7946, section 5.",
        examples=["126.78,35.12,126.82,35.16"],
    ),
]


class NearbyQuery(BaseModel):
    """What to look for around a place."""

    model_config = ConfigDict(extra="forbid")

    lat: Latitude
    lng: Longitude
    within_m: Annotated[
        float,
        Field(gt=0, le=GREATEST_RADIUS_M, allow_inf_nan=False, description="Metres, geodesic."),
    ] = WALK_RADIUS_M
    kind: Annotated[Kinds, Field(default_factory=list)]
    q: Annotated[
        Words,
        Field(
            description="Words in the title, the office or the address; all must occur.",
            examples=["도서관 책"],
        ),
    ] = ""
    open_at: Annotated[
        Moment | None, Field(description="Only what is open at this moment, with its time zone.")
    ] = None
    pace: Annotated[Pace, Field(description="How fast one walks, for `walk_minutes`.")] = Pace.USUAL
    limit: Limit = 50
    cursor: Cursor = None


class BrowseQuery(BaseModel):
    """Which listings of a region, in no order that means anything."""

    model_config = ConfigDict(extra="forbid")

    bbox: Bbox | None = None
    kind: Kinds = []
    area: Annotated[
        str | None,
        Field(
            pattern=r"^[0-9]{2,10}$",
            description="Official code of a province, district or dong; old codes work too.",
            examples=["29200"],
        ),
    ] = None
    limit: Limit = 50
    cursor: Cursor = None


class CellsQuery(BaseModel):
    """Where to count, and how finely."""

    model_config = ConfigDict(extra="forbid")

    bbox: Bbox
    resolution: Annotated[int, Field(ge=3, le=9, description="H3 resolution.")] = 8
    kind: Kinds = []


_EXAMPLE: dict[str, Any] = {
    "type": "Feature",
    "id": "1fc15f5e-d826-5b3d-9b12-2e04779cf709",
    "geometry": {"type": "Point", "coordinates": [126.798783, 35.140746]},
    "properties": {
        "kind": "job",
        "title": "작은도서관 책 정리",
        "office": "송정1동 행정복지센터",
        "address": "광주광역시 광산구 광산로 70",
        "url": "/jobs/1fc15f5e-d826-5b3d-9b12-2e04779cf709",
        "source": "demo",
        "demo": True,
        "pay_won": 11500,
        "pay_unit": "hour",
        "hours_words": "월·수·금 10:00–13:00",
        "distance_m": 271.4,
        "walk_minutes": 4,
    },
}
_PAGE_EXAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "numberReturned": 1,
    "links": [],
    "features": [_EXAMPLE],
}

_EMPTY_EXAMPLE: dict[str, Any] = {
    **_PAGE_EXAMPLE,
    "numberReturned": 0,
    "features": [],
    "nearest_beyond": _EXAMPLE,
}


_DETAIL_EXAMPLE: dict[str, Any] = {
    "type": "Feature",
    "id": "a40f62c3-5669-539d-8722-b3edbeedf2b6",
    "geometry": {"type": "Point", "coordinates": [126.834683, 35.181738]},
    "properties": {
        "kind": "space",
        "title": "작은 회의실",
        "office": "송정1동 행정복지센터",
        "address": "광주광역시 광산구 광산로 70",
        "url": "/spaces/a40f62c3-5669-539d-8722-b3edbeedf2b6",
        "source": "demo",
        "demo": True,
        "capacity": 12,
        "summary": "창이 넓은 방입니다.",
        "office_details": {
            "name": "송정1동 행정복지센터",
            "kind": "dong_centre",
            "phone": "+82621234567",
        },
        "open_from": "2026-11-01T00:00:00+09:00",
        "open_until": "2027-12-31T00:00:00+09:00",
        "week": [
            {"day": day, "open": [["09:00", "18:00"]] if day == "mon" else []}
            for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        ],
        "closed_days": ["holiday"],
        "reference_on": "2026-11-20",
        "updated_at": "2026-11-20T10:00:00+09:00",
        "closed": False,
    },
}
_CELLS_EXAMPLE: dict[str, Any] = {
    "type": "FeatureCollection",
    "numberReturned": 1,
    "features": [
        {
            "type": "Feature",
            "id": "8830c6320dfffff",
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [126.7989, 35.1421],
                        [126.7981, 35.1382],
                        [126.8022, 35.1361],
                        [126.8072, 35.1379],
                        [126.8080, 35.1418],
                        [126.8039, 35.1438],
                        [126.7989, 35.1421],
                    ]
                ],
            },
            "properties": {"cell": "8830c6320dfffff", "count": 7},
        }
    ],
}


class Point(BaseModel):
    """A place. Source: RFC 7946, section 3.1.2."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Polygon(BaseModel):
    """One closed ring. Source: RFC 7946, section 3.1.6."""

    type: Literal["Polygon"] = "Polygon"
    coordinates: list[list[tuple[float, float]]]


class ListingProperties(BaseModel):
    """What every listing tells; each kind adds those of its essentials that are known."""

    model_config = ConfigDict(extra="allow")

    kind: Kind
    title: str
    office: str
    address: str
    url: str
    source: str
    demo: bool = Field(default=False, description="Whether it is invented, for trying things out.")


class NearbyProperties(ListingProperties):
    """What a listing tells to somebody who asked from somewhere."""

    distance_m: float
    walk_minutes: int


class ListingFeature(BaseModel):
    """One listing."""

    type: Literal["Feature"]
    id: UUID
    geometry: Point
    properties: ListingProperties


class NearbyFeature(ListingFeature):
    """One listing, and the walk to it."""

    properties: NearbyProperties


class Link(BaseModel):
    """Where to go from here."""

    rel: Literal["next"]
    href: str
    type: str


class Listings(BaseModel):
    """A page of listings."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PAGE_EXAMPLE]})

    type: Literal["FeatureCollection"]
    numberReturned: int  # noqa: N815
    links: list[Link]
    features: Sequence[ListingFeature]


class ListingsNearby(Listings):
    """A page of listings, nearest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EMPTY_EXAMPLE]})

    features: Sequence[NearbyFeature]
    nearest_beyond: NearbyFeature | None


Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class DayHours(BaseModel):
    """When a door is open on one day of the week."""

    day: Day
    open: list[tuple[str, str]]

    @classmethod
    def week(cls, spans: Sequence[Range[int]]) -> list[Self]:
        """Seven days, from Monday."""
        days = by_day(tuple((span.lower or 0, span.upper or WEEK) for span in spans))
        return [
            cls(day=name, open=[(_clock(opens), _clock(closes)) for opens, closes in day])
            for name, day in zip(get_args(Day), days, strict=True)
        ]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


class OfficeOut(BaseModel):
    """Who offers it."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    kind: str
    phone: str | None


class DetailProperties(ListingProperties):
    """All there is to tell about one listing."""

    summary: str
    office_details: OfficeOut
    open_from: datetime | None
    open_until: datetime | None
    week: list[DayHours] | None
    closed_days: list[str]
    reference_on: date | None
    updated_at: datetime
    closed: bool


class ListingDetail(ListingFeature):
    """One listing with everything it tells."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DETAIL_EXAMPLE]})

    properties: DetailProperties

    @classmethod
    def of(cls, listing: Listing, at: datetime) -> Self:
        """The stored feature, with what only one at a time needs."""
        feature = orjson.loads(listing.feature)
        feature["properties"] |= {
            **listing.describe(),
            "summary": listing.summary,
            "office_details": OfficeOut.model_validate(listing.office),
            "open_from": listing.open_during.lower,
            "open_until": listing.open_during.upper,
            "week": listing.open_week and DayHours.week(listing.open_week),
            "closed_days": listing.closed_days,
            "reference_on": listing.reference_on,
            "updated_at": listing.updated_at,
            "closed": listing.is_over(at),
        }
        return cls.model_validate(feature)


class CellProperties(BaseModel):
    """How many listings lie in a hexagon."""

    cell: str
    count: int


class CellFeature(BaseModel):
    """One hexagon."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Polygon
    properties: CellProperties

    @classmethod
    def of(cls, cell: int, count: int) -> Self:
        """The hexagon with what was counted in it."""
        ring = [(corner.lng, corner.lat) for corner in cell_outline(cell)]
        name = f"{cell:x}"
        return cls(
            id=name,
            geometry=Polygon(coordinates=[ring]),
            properties=CellProperties(cell=name, count=count),
        )


class Cells(BaseModel):
    """Hexagons that hold at least one listing."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CELLS_EXAMPLE]})

    type: Literal["FeatureCollection"] = "FeatureCollection"
    numberReturned: int  # noqa: N815
    features: list[CellFeature]
