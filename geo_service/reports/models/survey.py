"""Seasonal rounds: households that a dong centre looks after in summer and winter."""

from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.confidential.models import SCHEMA
from geo_service.confidential.sealing import SealedType
from geo_service.db.base import Base
from geo_service.reports.models.case_file import CaseFile


class Season(StrEnum):
    """When a round is made."""

    SUMMER = auto()
    WINTER = auto()


class Result(StrEnum):
    """What was found at a household."""

    WELL = auto()
    NEEDS_HELP = auto()
    NOT_HOME = auto()
    MOVED = auto()


class SurveyRound(Base):
    """One round of one dong centre."""

    __tablename__ = "survey_round"
    __table_args__ = (
        CheckConstraint("btrim(title) <> ''", name="titled"),
        CheckConstraint("season IN ('summer', 'winter')", name="season"),
        CheckConstraint("ends_on >= starts_on", name="forward"),
        Index("survey_round_centre_id_idx", "centre_id"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    centre_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(String(120))
    season: Mapped[Season]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(default_factory=now)


class Household(Base):
    """A household to look after; sealed with a key of its own."""

    __tablename__ = "household"
    __table_args__ = (Index("household_centre_id_idx", "centre_id"), {"schema": SCHEMA})

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    centre_id: Mapped[UUID]
    listed_at: Mapped[datetime] = mapped_column(default_factory=now)
    name_sealed: Mapped[bytes] = mapped_column(SealedType)
    address_sealed: Mapped[bytes] = mapped_column(SealedType)
    phone_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    note_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)


class SurveyVisit(Base):
    """One household in one round; sealed with the household's key."""

    __tablename__ = "survey_visit"
    __table_args__ = (
        CheckConstraint("result IN ('well', 'needs_help', 'not_home', 'moved')", name="result"),
        CheckConstraint("(visited_at IS NULL) = (result IS NULL)", name="result_when_visited"),
        UniqueConstraint("round_id", "household_id"),
        Index("survey_visit_household_id_idx", "household_id"),
        Index("survey_visit_case_id_idx", "case_id", postgresql_where=text("case_id IS NOT NULL")),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey(SurveyRound.id, ondelete="CASCADE"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id, ondelete="CASCADE"))
    visited_at: Mapped[datetime | None] = mapped_column(default=None)
    result: Mapped[Result | None] = mapped_column(default=None)
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey(CaseFile.id), default=None)
    """The case that was opened because of it."""
    words_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
