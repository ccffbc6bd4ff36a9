"""What somebody has written and not sent yet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.jobs.models import Job


class Draft(Base):
    """An application in the making: kept for a week, and gone when it is sent."""

    __tablename__ = "application_draft"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="hashed"),
        CheckConstraint("jsonb_typeof(said) = 'object'", name="said"),
        CheckConstraint("length(said::text) <= 20000", name="short"),
        Index("application_draft_job_id_idx", "job_id"),
        Index("application_draft_token_hash_key", "token_hash", unique=True),
        Index("application_draft_saved_at_idx", "saved_at"),
    )

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    job_id: Mapped[UUID] = mapped_column(ForeignKey(Job.id, ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Of what the browser keeps, so that it can go on writing when its session has ended."""
    said: Mapped[dict[str, Any]] = mapped_column(
        JSONB, default_factory=dict, server_default=text("'{}'")
    )
    """By the names of the form's fields."""
    saved_at: Mapped[datetime] = mapped_column(default_factory=now)
