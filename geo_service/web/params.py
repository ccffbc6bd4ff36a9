"""Query parameters that many doors share: checked once, named in every complaint."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, Field

from geo_service.geo.place import Place


def _without_nul(text: str) -> str:
    if "\x00" in text:
        message = "Leave out the NUL character."
        raise ValueError(message)
    return text


Latitude = Annotated[
    float,
    Field(
        ge=-90,
        le=90,
        allow_inf_nan=False,
        description="Degrees north, WGS 84.",
        examples=[35.1407],
    ),
]
Longitude = Annotated[
    float,
    Field(
        ge=-180,
        le=180,
        allow_inf_nan=False,
        description="Degrees east, WGS 84.",
        examples=[126.7988],
    ),
]
Words = Annotated[str, Field(max_length=100), AfterValidator(_without_nul)]
"""What somebody typed into a search box; PostgreSQL takes no NUL."""


EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _in_our_time(moment: datetime) -> datetime:
    if not EARLIEST <= moment <= LATEST:
        message = "Choose a moment between 2000 and 2100."
        raise ValueError(message)
    return moment


Moment = Annotated[
    AwareDatetime,
    AfterValidator(_in_our_time),
    Field(examples=["2026-11-21T14:00:00+09:00"]),
]
"""A moment with its time zone, near enough for calendars to know it."""


def _here(lat: Annotated[Latitude, Query()], lng: Annotated[Longitude, Query()]) -> Place:
    return Place(lat, lng)


Here = Annotated[Place, Depends(_here)]
"""The place of `lat` and `lng` in the query."""
