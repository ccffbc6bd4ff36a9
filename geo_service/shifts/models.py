"""One person's work on one day."""

from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.jobs.models import Job
from geo_service.programmes.models import Programme


class ShiftState(StrEnum):
    """Where a shift is in its life."""

    PLANNED = auto()
    ATTENDED = auto()
    CONFIRMED = auto()
    """The office vouches for its minutes: it is paid."""
    ABSENT = auto()
    """Nobody came."""
    CANCELLED = auto()

    @property
    def counts(self) -> bool:
        """Whether its minutes and its pay are taken out of the programme."""
        return self in {ShiftState.PLANNED, ShiftState.ATTENDED, ShiftState.CONFIRMED}


COUNTS = "state IN ('planned', 'attended', 'confirmed')"
"""The same in SQL."""


KEPT_FOR = timedelta(days=3 * 366)
"""Employers keep who was paid what for three years after the last entry.

Source: 근로기준법 제42조와 제48조, 시행령 제22조.
"""


class Payee(Base):
    """The name of somebody who left, as the pay sheets of their work must keep it."""

    __tablename__ = "payee"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="named"),
        Index("payee_kept_until_idx", "kept_until"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    kept_until: Mapped[date]
    """From this day on, it is forgotten, unless work was confirmed after they left."""


class Shift(Base):
    """Work of one person for one job on one day."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'attended', 'confirmed', 'absent', 'cancelled')", name="state"
        ),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="within_a_day"),
        CheckConstraint("pay_won >= 0", name="paid"),
        CheckConstraint("NOT isempty(during)", name="lasting"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="vouched_for"),
        ExcludeConstraint(
            ("person_id", "="),
            ("during", "&&"),
            where=text(f"{COUNTS} AND during IS NOT NULL"),
            using="gist",
            name="shift_one_place_excl",
        ),
        Index("shift_job_id_idx", "job_id", "work_on"),
        Index("shift_person_id_idx", "person_id", "work_on"),
        Index("shift_programme_id_idx", "programme_id", "work_on"),
        Index("shift_confirmed_at_idx", "confirmed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    job_id: Mapped[UUID] = mapped_column(ForeignKey(Job.id))
    job: Mapped[Job] = relationship(init=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    person: Mapped[Person] = relationship(init=False, foreign_keys=[person_id])
    payee: Mapped[Payee | None] = relationship(
        init=False, viewonly=True, primaryjoin=lambda: foreign(Shift.person_id) == Payee.person_id
    )
    """Of who has left."""
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey(Programme.id), default=None)
    """Whose budget pays; none where the office pays by itself."""
    programme: Mapped[Programme | None] = relationship(init=False, viewonly=True)
    work_on: Mapped[date]
    during: Mapped[Range[datetime] | None] = mapped_column(TSTZRANGE, default=None)
    """From when until when; None where only the day is agreed."""
    minutes: Mapped[int]
    """Paid, without breaks: as planned, then as the office confirmed."""
    pay_won: Mapped[int]
    """For those minutes, at the job's pay when it was planned."""
    state: Mapped[ShiftState] = mapped_column(
        default=ShiftState.PLANNED, server_default=text("'planned'")
    )
    attended_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the person said so, by the code or on the list."""
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )

    @property
    def worker(self) -> str:
        """What the office calls who works it.

        Who left is named where it is paid, and no longer than pay sheets are kept.
        """
        if self.person.left_at is None or self.payee is None or not self.state.counts:
            return self.person.name
        is_old = self.confirmed_at is not None and self.confirmed_at + KEPT_FOR <= now()
        return self.person.name if is_old else self.payee.name
