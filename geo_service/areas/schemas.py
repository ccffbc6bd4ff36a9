"""Areas as JSON."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from geo_service.areas.models import Area, Level, Register
from geo_service.web.params import Words


class AreasQuery(BaseModel):
    """Which areas to look for."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[
        Words,
        Field(
            min_length=1,
            max_length=60,
            description="A name of today or of before, in full or its beginning.",
            examples=["송정1동", "광주광역시 광산구"],
        ),
    ]
    level: Annotated[Level | None, Field(description="Only areas of this size.")] = None
    limit: Annotated[int, Field(ge=1, le=50, description="At most so many.")] = 10


class AreaOut(BaseModel):
    """An area as it is today."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: Annotated[int, Field(examples=[150])]
    level: Annotated[Level, Field(examples=[Level.DONG])]
    division: Annotated[
        Register,
        Field(
            serialization_alias="register",
            description="Legal dongs stand in addresses; duties follow administrative dongs.",
            examples=[Register.ADMINISTRATIVE],
        ),
    ]
    name: Annotated[str, Field(examples=["송정1동"])]
    full_name: Annotated[str, Field(examples=["전남광주통합특별시 광산구 송정1동"])]
    aliases: Annotated[
        list[str],
        Field(
            description="Full names that it bore, or bears for short.",
            examples=[["광주광역시 광산구 송정1동", "광주 광산구 송정1동"]],
        ),
    ]
    codes: Annotated[
        list[str], Field(description="Official codes in force today.", examples=[["1233051500"]])
    ]
    parents: Annotated[
        list[str],
        Field(
            description="The names of the areas around it, largest first.",
            examples=[["전남광주통합특별시", "광산구"]],
        ),
    ]
    source: Annotated[
        str,
        Field(description="Who drew its outline; empty if nobody did.", examples=["통계청 SGIS"]),
    ]
    reference_on: Annotated[date | None, Field(description="The day for which the source vouches.")]

    @classmethod
    def of(cls, area: Area, *, on: date) -> Self:
        """What is told of a row of `queries.told_in_full`."""
        return cls(
            id=area.id,
            level=area.level,
            division=area.register,
            name=area.name,
            full_name=area.full_name,
            aliases=area.aliases,
            codes=[code.code for code in area.codes if on in code.valid_during],
            parents=[parent.name for parent in parents_of(area)],
            source=area.source,
            reference_on=area.reference_on,
        )


class AreasOut(BaseModel):
    """Areas that bear a name, the likeliest first."""

    areas: list[AreaOut]


def parents_of(area: Area) -> list[Area]:
    """The areas around an area, largest first."""
    return [*parents_of(area.parent), area.parent] if area.parent else []
