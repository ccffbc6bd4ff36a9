"""What a dong centre does with what it was told."""

from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.confidential.models import SCHEMA
from geo_service.confidential.sealing import SealedType
from geo_service.db.base import Base


class Stage(StrEnum):
    """How far a case is; all that its reporter learns."""

    NEW = auto()
    ASSIGNED = auto()
    CONTACTED = auto()
    CONNECTED = auto()
    CLOSED = auto()
    UNREACHABLE = auto()


class Rung(StrEnum):
    """What is tried when somebody cannot be reached, one after another."""

    CALL = auto()
    VISIT = auto()
    NOTE = auto()
    NEIGHBOUR = auto()
    POLICE = auto()


class CaseFile(Base):
    """One household that a dong centre looks after, from one report or several."""

    __tablename__ = "case_file"
    __table_args__ = (
        CheckConstraint("number ~ '^[0-9A-Z][0-9A-Z-]{5,19}$'", name="numbered"),
        CheckConstraint(
            "stage IN ('new', 'assigned', 'contacted', 'connected', 'closed', 'unreachable')",
            name="stage",
        ),
        CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        CheckConstraint("version > 0", name="versioned"),
        CheckConstraint(
            "shredded_at IS NULL"
            " OR (summary_sealed IS NULL AND connected_to_sealed IS NULL AND cell IS NULL)",
            name="shredded_whole",
        ),
        CheckConstraint("warned_at IS NULL OR closed_at IS NOT NULL", name="warned_when_closed"),
        UniqueConstraint("number"),
        Index("case_file_shred_on_idx", "shred_on", postgresql_where=text("shredded_at IS NULL")),
        Index("case_file_centre_id_stage_idx", "centre_id", "stage"),
        Index("case_file_due_on_idx", "due_on", postgresql_where=text("closed_at IS NULL")),
        Index("case_file_cell_idx", "cell", postgresql_where=text("cell IS NOT NULL")),
        Index(
            "case_file_merged_into_id_idx",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index(
            "case_file_follow_up_on_idx",
            "follow_up_on",
            postgresql_where=text("reminded_at IS NULL"),
        ),
        Index("case_file_touched_at_idx", "touched_at", postgresql_where=text("closed_at IS NULL")),
        CheckConstraint("merged_into_id <> id", name="into_another"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    number: Mapped[str] = mapped_column(String(20))
    centre_id: Mapped[UUID]
    stage: Mapped[Stage] = mapped_column(default=Stage.NEW)
    assigned_to: Mapped[UUID | None] = mapped_column(default=None)
    opened_at: Mapped[datetime] = mapped_column(default_factory=now)
    stage_since: Mapped[datetime] = mapped_column(default_factory=now)
    due_on: Mapped[date | None] = mapped_column(default=None)
    """When the next step is due."""
    follow_up_on: Mapped[date | None] = mapped_column(default=None)
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    """When somebody was told that the day to look again had come."""
    touched_at: Mapped[datetime] = mapped_column(
        init=False, default_factory=now, server_default=func.now()
    )
    """When somebody last did anything with it, or wrote; triggers keep it."""
    idle_told_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    """When the district's lead was last told that it stands still."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    merged_into_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("reports.case_file.id"), default=None
    )
    """The case that turned out to be about the same household."""
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    cell: Mapped[int | None] = mapped_column(BigInteger, default=None)
    shred_on: Mapped[date | None] = mapped_column(init=False, default=None)
    """A year after it was closed; a trigger sets it, here and in its reports."""
    warned_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    """When the centre was told that it will be destroyed."""
    shredded_at: Mapped[datetime | None] = mapped_column(default=None)
    summary_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    connected_to_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)


class Step(Base):
    """One thing done or to be done for a case; sealed with the case's key."""

    __tablename__ = "step"
    __table_args__ = (
        CheckConstraint("rung IN ('call', 'visit', 'note', 'neighbour', 'police')", name="rung"),
        CheckConstraint("outcome IS NULL OR done_at IS NOT NULL", name="outcome_when_done"),
        Index("step_case_id_idx", "case_id"),
        Index("step_due_on_idx", "due_on", postgresql_where=text("done_at IS NULL")),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseFile.id, ondelete="CASCADE"))
    rung: Mapped[Rung]
    due_on: Mapped[date | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(String(32), default=None)
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    """Who did it."""
    escalated_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the district's lead was told that it is late."""
    words_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)


class Handover(Base):
    """A case offered to another dong centre, which must accept before the first lets go."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint("from_centre_id <> to_centre_id", name="elsewhere"),
        CheckConstraint("(answered_at IS NULL) = (accepted IS NULL)", name="answered"),
        Index(
            "handover_case_id_key",
            "case_id",
            unique=True,
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index(
            "handover_to_centre_id_idx",
            "to_centre_id",
            postgresql_where=text("answered_at IS NULL"),
        ),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseFile.id, ondelete="CASCADE"))
    from_centre_id: Mapped[UUID]
    to_centre_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    """Who wants to hand it over."""
    asked_at: Mapped[datetime] = mapped_column(default_factory=now)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    accepted: Mapped[bool | None] = mapped_column(default=None)
