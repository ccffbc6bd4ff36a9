"""A programme, and what has been taken out of it."""

from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.offices.models import Office


class Period(StrEnum):
    """Over which time a person's hours are counted."""

    ALL = auto()
    MONTH = auto()
    WEEK = auto()
    """From Monday."""


ALL_TIME = date(1970, 1, 1)
"""The first day of a period without beginning."""


class Programme(Base):
    """Money for small public jobs, such as 광산시민수당."""

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 140", name="named"),
        CheckConstraint("hourly_won BETWEEN 1 AND 1000000", name="paying"),
        CheckConstraint("budget_won >= 0", name="budgeted"),
        CheckConstraint("taken_won >= 0", name="never_negative"),
        CheckConstraint("taken_won <= budget_won", name="within_budget"),
        CheckConstraint("paid_won BETWEEN 0 AND taken_won", name="paid_of_taken"),
        CheckConstraint(
            "minutes_in_all > 0 AND minutes_a_month > 0 AND minutes_a_week > 0", name="capped"
        ),
        CheckConstraint("valid_from <= valid_until", name="lasting"),
        CheckConstraint("version >= 1", name="versioned"),
        Index("programme_office_id_idx", "office_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id))
    office: Mapped[Office] = relationship(init=False)
    name: Mapped[str] = mapped_column(String(140))
    hourly_won: Mapped[int]
    budget_won: Mapped[int] = mapped_column(BigInteger)
    taken_won: Mapped[int] = mapped_column(BigInteger, init=False, server_default=text("0"))
    """Planned and paid. Only `programme_take` moves it, and what follows."""
    paid_won: Mapped[int] = mapped_column(BigInteger, init=False, server_default=text("0"))
    """The part of it that the office has confirmed."""
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    """The last day that it pays for."""
    minutes_in_all: Mapped[int | None] = mapped_column(default=None)
    """What one person may work for it: for example 6,000, a hundred hours."""
    minutes_a_month: Mapped[int | None] = mapped_column(default=None)
    minutes_a_week: Mapped[int | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    @property
    def left_won(self) -> int:
        """What can still be planned."""
        return self.budget_won - self.taken_won

    @property
    def planned_won(self) -> int:
        """What is promised, and not confirmed yet."""
        return self.taken_won - self.paid_won


class Use(Base):
    """The minutes that one person works for a programme within one period. Moved by SQL only."""

    __tablename__ = "programme_use"
    __table_args__ = (
        CheckConstraint("period IN ('all', 'month', 'week')", name="period"),
        CheckConstraint("minutes >= 0", name="never_negative"),
        CheckConstraint("minutes <= cap_minutes", name="within_cap"),
        CheckConstraint("worked_minutes BETWEEN 0 AND minutes", name="worked_of_all"),
        Index("programme_use_person_id_idx", "person_id"),
    )

    programme_id: Mapped[UUID] = mapped_column(
        ForeignKey(Programme.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    period: Mapped[Period] = mapped_column(primary_key=True)
    begins_on: Mapped[date] = mapped_column(primary_key=True)
    """The first day of the period; of all time, `ALL_TIME`."""
    minutes: Mapped[int]
    """Planned and worked."""
    worked_minutes: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    """The part of it that the office has confirmed."""
    person: Mapped[Person] = relationship(init=False, viewonly=True)
    cap_minutes: Mapped[int | None] = mapped_column(default=None)
    """The programme's own cap; None is without end."""
