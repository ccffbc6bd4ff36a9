"""What offices thank watchers with, and how often it was used: by month, never by person."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.offices.models import Office


class Benefit(Base):
    """Something that whoever shows a card gets somewhere."""

    __tablename__ = "benefit"
    __table_args__ = (
        CheckConstraint("btrim(title) <> '' AND btrim(partner) <> ''", name="titled"),
        CheckConstraint("good_until >= good_from", name="forward"),
        CheckConstraint("version >= 1", name="versioned"),
        Index("benefit_office_id_idx", "office_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id))
    """Of a dong centre: for its own watchers. Of any other office: for all of the district."""
    office: Mapped[Office] = relationship(init=False, lazy="joined", innerjoin=True)
    title: Mapped[str] = mapped_column(String(80))
    partner: Mapped[str] = mapped_column(String(80))
    """Where one gets it."""
    words: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    good_from: Mapped[date]
    good_until: Mapped[date | None] = mapped_column(default=None)
    """The last day; None is until further notice."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    made_at: Mapped[datetime] = mapped_column(default_factory=now)

    def is_good(self, on: date) -> bool:
        """Whether one gets it on that day."""
        last = self.good_until or on
        return self.ended_at is None and self.good_from <= on <= last


class BenefitCount(Base):
    """How often a benefit was used in a month."""

    __tablename__ = "benefit_count"
    __table_args__ = (
        CheckConstraint("uses >= 1", name="used"),
        CheckConstraint("extract(day from month) = 1", name="monthly"),
    )

    benefit_id: Mapped[UUID] = mapped_column(
        ForeignKey(Benefit.id, ondelete="CASCADE"), primary_key=True
    )
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    uses: Mapped[int]


class BenefitMark(Base):
    """That one showing of one card was counted already; a keyed hash, and gone with the showing."""

    __tablename__ = "benefit_mark"
    __table_args__ = (
        CheckConstraint("length(mark) = 32", name="hashed"),
        Index("benefit_mark_until_idx", "until"),
    )

    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    until: Mapped[datetime]
