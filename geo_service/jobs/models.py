"""A job: paid work of a few hours at a public place."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from geo_service.listings.models import Kind, Listing


class PayUnit(StrEnum):
    """What the pay is for."""

    HOUR = auto()
    TASK = auto()


class Job(Listing):
    """Paid work at a place."""

    __tablename__ = "job"
    __mapper_args__ = {"polymorphic_identity": Kind.JOB}
    __table_args__ = (
        CheckConstraint("pay_won > 0", name="paid"),
        CheckConstraint("pay_unit IN ('hour', 'task')", name="pay_unit"),
        CheckConstraint("seats BETWEEN 1 AND 999", name="seated"),
        CheckConstraint("works_from <= works_until", name="works_forward"),
        CheckConstraint("weekly_hours > 0 AND weekly_hours <= 52", name="lawful_week"),
        CheckConstraint("apply_phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
    )

    id: Mapped[UUID] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True, default_factory=uuid4
    )
    pay_won: Mapped[int]
    pay_unit: Mapped[PayUnit]
    allowance_programme: Mapped[str | None] = mapped_column(String(140), default=None)
    """The programme whose budget pays, such as 광산시민수당."""
    works_from: Mapped[date | None] = mapped_column(default=None)
    works_until: Mapped[date | None] = mapped_column(default=None)
    weekly_hours: Mapped[Decimal | None] = mapped_column(Numeric(4, 1), default=None)
    hours_words: Mapped[str] = mapped_column(String(300), default="")
    """When one works, in the office's own words; `open_week` says it in minutes."""
    seats: Mapped[int] = mapped_column(default=1)
    how_to_apply: Mapped[str] = mapped_column(String(1000), default="")
    apply_phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164."""
    urgent_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until when this is an urgent call (긴급 일손)."""

    @override
    def tell(self) -> dict[str, Any]:
        """Pay, time, seats, and until when it is urgent."""
        return {
            "pay_won": self.pay_won,
            "pay_unit": self.pay_unit,
            "allowance_programme": self.allowance_programme,
            "works_from": self.works_from and self.works_from.isoformat(),
            "works_until": self.works_until and self.works_until.isoformat(),
            "weekly_hours": None if self.weekly_hours is None else float(self.weekly_hours),
            "hours_words": self.hours_words,
            "seats": self.seats,
            "urgent_until": self.urgent_until and self.urgent_until.isoformat(),
        }

    @override
    def describe(self) -> dict[str, Any]:
        """How to apply."""
        return {"how_to_apply": self.how_to_apply, "apply_phone": self.apply_phone}
