"""An area: a province, a district or a dong, with its names, its codes over time, its outline."""

from datetime import date
from enum import StrEnum, auto
from typing import Any

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
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

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
    words: Mapped[str] = mapped_column(Text, default="")
    """Lower case, without spaces: the full name and every alias, for search."""


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
    area_id: Mapped[int]
    register: Mapped[Register]
    code: Mapped[str] = mapped_column(String(10))
    valid_during: Mapped[Range[date]] = mapped_column(DATERANGE)


class DongShare(Base):
    """A legal dong of which an administrative dong covers at least a part."""

    __tablename__ = "dong_share"

    legal_id: Mapped[int] = mapped_column(ForeignKey(Area.id, ondelete="CASCADE"), primary_key=True)
    administrative_id: Mapped[int] = mapped_column(
        ForeignKey(Area.id, ondelete="CASCADE"), primary_key=True, index=True
    )
