"""A lottery that anybody can draw again."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Integer

from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.jobs.models import Job


class Draw(Base):
    """A secret seed whose hash is public at once, and what came of it once it is told.

    It is made with the first application, when nobody knows yet who else will apply.
    """

    __tablename__ = "draw"
    __table_args__ = (
        CheckConstraint("seed ~ '^[0-9a-f]{64}$'", name="seeded"),
        CheckConstraint(
            "commitment = encode(sha256(convert_to(seed, 'UTF8')), 'hex')", name="committed"
        ),
        CheckConstraint(
            "(drawn_at IS NULL) = (numbers = '{}') AND cardinality(numbers) = cardinality(result)",
            name="drawn",
        ),
        Index("draw_job_id_idx", "job_id"),
        Index("draw_pending_key", "job_id", unique=True, postgresql_where=text("drawn_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    job_id: Mapped[UUID] = mapped_column(ForeignKey(Job.id, ondelete="CASCADE"))
    seed: Mapped[str] = mapped_column(String(64))
    """Told to nobody before the draw."""
    commitment: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the seed, told from the beginning."""
    committed_at: Mapped[datetime] = mapped_column(default_factory=now)
    drawn_at: Mapped[datetime | None] = mapped_column(default=None)
    seats: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many were free when it was drawn."""
    numbers: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), default_factory=list, server_default=text("'{}'")
    )
    """Who took part: numbers of applications, in the order of applying."""
    result: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), default_factory=list, server_default=text("'{}'")
    )
    """The same numbers, in the order that was drawn."""


def commitment_of(seed: str) -> str:
    """What is told of a seed before it is used."""
    return sha256(seed.encode()).hexdigest()


def lot(seed: str, number: int) -> str:
    """SHA-256 of `seed:number` in hexadecimal: whoever has the smallest lot comes first."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()
