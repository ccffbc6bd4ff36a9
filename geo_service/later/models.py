"""The table of what waits."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.db.base import Base


class Task(Base):
    """An effect that has yet to happen."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("name ~ '^[a-z_]+[.][a-z_]+$'", name="named"),
        CheckConstraint("jsonb_typeof(payload) = 'object'", name="loaded"),
        CheckConstraint("failures >= 0", name="counted"),
        CheckConstraint("(failures = 0) = (error IS NULL)", name="explained"),
        Index("task_key_key", "key", unique=True),
        Index("task_due_at_id_idx", "due_at", "id", postgresql_where=text("put_aside_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(80))
    """The package and its deed: `jobs.close`."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    key: Mapped[str | None] = mapped_column(String(160), default=None)
    """What there is at most one of, such as `jobs.close:` and the job's id."""
    due_at: Mapped[datetime] = mapped_column()
    queued_at: Mapped[datetime] = mapped_column(default_factory=now, server_default=func.now())
    failures: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    error: Mapped[str | None] = mapped_column(String(80), default=None)
    """The class of the last failure; its words might quote somebody."""
    put_aside_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it had failed too often to be tried again."""
