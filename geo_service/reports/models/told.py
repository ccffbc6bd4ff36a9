"""What is said after a report, and what is shown with it; sealed with the report's own key."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.confidential.models import SCHEMA
from geo_service.confidential.sealing import SealedType
from geo_service.db.base import Base
from geo_service.reports.models.report import Report


class SaidBy(StrEnum):
    """Who speaks in a conversation."""

    REPORTER = auto()
    CENTRE = auto()


class Message(Base):
    """One message between the reporter and the dong centre."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("said_by IN ('reporter', 'centre')", name="said_by"),
        Index("message_report_id_said_at_idx", "report_id", "said_at"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    report_id: Mapped[UUID] = mapped_column(ForeignKey(Report.id, ondelete="CASCADE"))
    said_by: Mapped[SaidBy]
    said_at: Mapped[datetime] = mapped_column(default_factory=now)
    text_sealed: Mapped[bytes] = mapped_column(SealedType)


class Photo(Base):
    """A photo, written anew as JPEG without anything that a camera adds."""

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("position BETWEEN 1 AND 5", name="few"),
        UniqueConstraint("report_id", "position"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    report_id: Mapped[UUID] = mapped_column(ForeignKey(Report.id, ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=1)
    image_sealed: Mapped[bytes] = mapped_column(SealedType)
