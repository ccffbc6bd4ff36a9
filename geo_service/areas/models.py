"""An area: a province, a district or a dong, with its names, its codes over time, its outline."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum, auto
from typing import Any
from unicodedata import normalize

from geoalchemy2 import Geometry
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.areas.files.latin import in_latin
from geo_service.db.base import Base
from geo_service.geo.columns import WGS84


class Level(StrEnum):
    """How large an area is."""

    SIDO = auto()
    SIGUNGU = auto()
    DONG = auto()


class Register(StrEnum):
    """Which of the two divisions of the country an area belongs to.

    Addresses name legal dongs (법정동); duties follow administrative dongs (행정동). Provinces
    and districts are the same in both.
    """

    BOTH = auto()
    LEGAL = auto()
    ADMINISTRATIVE = auto()


class Area(Base):
    """A part of the country that somebody answers for."""

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint("level IN ('sido', 'sigungu', 'dong')", name="level"),
        CheckConstraint("register IN ('both', 'legal', 'administrative')", name="register"),
        CheckConstraint("name <> '' AND full_name <> ''", name="named"),
        CheckConstraint("(level = 'dong') = (register <> 'both')", name="registered"),
        CheckConstraint("(level = 'sido') = (parent_id IS NULL)", name="inside"),
        CheckConstraint("outline IS NULL OR ST_IsValid(outline)", name="valid_outline"),
        CheckConstraint("(sketch IS NULL) = (outline IS NULL)", name="sketched"),
        UniqueConstraint("id", "register"),
        Index("area_outline_idx", "outline", postgresql_using="gist"),
        Index(
            "area_words_idx",
            "words",
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
        ),
        Index("area_parent_id_idx", "parent_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, init=False)
    level: Mapped[Level]
    register: Mapped[Register]
    name: Mapped[str] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(140))
    aliases: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default_factory=list, server_default=text("'{}'")
    )
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), default=None)
    outline: Mapped[Any | None] = mapped_column(
        Geometry("MULTIPOLYGON", srid=WGS84, spatial_index=False), default=None, deferred=True
    )
    sketch: Mapped[Any | None] = mapped_column(
        Geometry("MULTIPOLYGON", srid=WGS84, spatial_index=False), default=None, deferred=True
    )
    """The outline in few points, for maps; borders that neighbours share stay shared."""
    source: Mapped[str] = mapped_column(String(140), default="")
    reference_on: Mapped[date | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(Text, init=False, deferred=True)
    """Its names for search, as `search_words` joins them; they follow the names."""
    codes: Mapped[list["AreaCode"]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="AreaCode.valid_during.desc()"
    )
    """The code of today first."""
    parent: Mapped["Area | None"] = relationship(init=False, remote_side="Area.id", viewonly=True)


@event.listens_for(Area, "before_insert")
@event.listens_for(Area, "before_update")
def _keep_words(_mapper: object, _connection: object, area: Area) -> None:
    words = search_words(area.name, area.full_name, area.aliases)
    if area.__dict__.get("words") != words:
        area.words = words


class AreaCode(Base):
    """An official code of an area, for as long as it was or is in force.

    The two registers number their dongs apart: an eup or myeon has the same digits in both.
    """

    __tablename__ = "area_code"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{2,10}$'", name="digits"),
        CheckConstraint("NOT isempty(valid_during)", name="valid_some_time"),
        ForeignKeyConstraint(
            ["area_id", "register"], ["area.id", "area.register"], ondelete="CASCADE"
        ),
        ExcludeConstraint(
            ("code", "="),
            ("register", "="),
            ("valid_during", "&&"),
            name="area_code_once_at_a_time",
            using="gist",
        ),
        Index("area_code_area_id_idx", "area_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, init=False)
    area_id: Mapped[int] = mapped_column(init=False)
    register: Mapped[Register] = mapped_column(init=False)
    code: Mapped[str] = mapped_column(String(10))
    valid_during: Mapped[Range[date]] = mapped_column(DATERANGE)


class DongShare(Base):
    """A legal dong of which an administrative dong covers at least a part."""

    __tablename__ = "dong_share"

    legal_id: Mapped[int] = mapped_column(ForeignKey(Area.id, ondelete="CASCADE"), primary_key=True)
    administrative_id: Mapped[int] = mapped_column(
        ForeignKey(Area.id, ondelete="CASCADE"), primary_key=True, index=True
    )


CODE_DIGITS = {Level.SIDO: 2, Level.SIGUNGU: 5, Level.DONG: 10}
"""How many digits an official code has. Each starts with the code of the area around it."""


def searchable(name: str) -> str:
    """A name as it is compared: lower case letters and digits alone, 송정제1동 as 송정1동."""
    letters = "".join(filter(str.isalnum, normalize("NFKC", name).lower()))
    return re.sub(r"제(?=\d)", "", letters)


def search_words(name: str, full_name: str, aliases: Iterable[str]) -> str:
    """What `Area.words` holds, so that " 송정" finds what starts with it through the index.

    Latin letters come in both orders: Gwangsan-gu Suwan-dong, and Suwan-dong, Gwangsan-gu.
    """
    names = (name, full_name, *aliases)
    latin = [in_latin(each).split() for each in names]
    spelled = ["".join(order) for each in latin for order in (each, reversed(each))]
    words = dict.fromkeys(searchable(each) for each in (*names, *spelled))
    return " " + " ".join(words) + " "
