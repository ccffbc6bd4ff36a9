"""A file of jobs: its rows, what each will do or has done, and what it takes to undo them."""

from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.jobs.models.job import Job
from geo_service.offices.models import Office


class Outcome(StrEnum):
    """What a row does."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    BAD = auto()


class JobBatch(Base):
    """One file that an officer sent.

    checked ──take in──▶ being taken in ──▶ finished ──undo──▶ undone
    """

    __tablename__ = "job_batch"
    __table_args__ = (
        CheckConstraint("finished_at IS NULL OR begun_at <= finished_at", name="finished_later"),
        CheckConstraint("finished_at IS NULL OR begun_at IS NOT NULL", name="begun_first"),
        CheckConstraint("undone_at IS NULL OR finished_at IS NOT NULL", name="undone_last"),
        Index("job_batch_office_id_idx", "office_id"),
        Index("job_batch_sent_by_id_idx", "sent_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id, ondelete="CASCADE"))
    office: Mapped[Office] = relationship(init=False)
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    file: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ignored: Mapped[list[str]] = mapped_column(
        ARRAY(String(100)), default_factory=list, server_default=text("'{}'")
    )
    """Names of columns that mean nothing here."""
    begun_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class JobRow(Base):
    """One row of it."""

    __tablename__ = "job_row"
    __table_args__ = (
        CheckConstraint("outcome IN ('new', 'changed', 'same', 'bad')", name="outcome"),
        CheckConstraint("jsonb_typeof(cells) = 'object'", name="celled"),
        CheckConstraint("before IS NULL OR outcome = 'changed'", name="remembers_changes"),
        CheckConstraint("line > 0", name="counted_from_one"),
        Index("job_row_job_id_idx", "job_id"),
    )

    batch_id: Mapped[UUID] = mapped_column(
        ForeignKey(JobBatch.id, ondelete="CASCADE"), primary_key=True
    )
    line: Mapped[int] = mapped_column(primary_key=True)
    """As the file counts, its head being the first."""
    cells: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What was said, by the names of the form."""
    outcome: Mapped[Outcome]
    job_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Job.id, ondelete="SET NULL"), default=None
    )
    """The job that it changes, or that it became."""
    taken_in: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    version: Mapped[int | None] = mapped_column(default=None)
    """Of the job, as this row left it."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB, default=None)
    """What the job said before."""
    refusal: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """Why it could not be taken in."""
