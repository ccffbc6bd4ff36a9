"""A space: a public room, or a part of one, that neighbours may use."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from geo_service.listings.models import Kind, Listing


class Space(Listing):
    """A public room that neighbours may use."""

    __tablename__ = "space"
    __mapper_args__ = {"polymorphic_identity": Kind.SPACE}
    __table_args__ = (
        CheckConstraint("capacity > 0", name="roomy"),
        CheckConstraint("area_m2 > 0", name="wide"),
        CheckConstraint("fee_won >= 0", name="priced"),
        CheckConstraint("fee_minutes > 0", name="priced_per_time"),
        CheckConstraint("part_of_id <> id", name="part_of_another"),
        CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
    )

    id: Mapped[UUID] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True, default_factory=uuid4
    )
    facility: Mapped[str] = mapped_column(String(140), default="")
    """The building it is in."""
    space_type: Mapped[str] = mapped_column(String(60), default="")
    """회의실, 강의실, 작은도서관, …"""
    part_of_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("space.id", ondelete="SET NULL"), index=True, default=None
    )
    """The whole of which this is a part; none for a whole."""
    capacity: Mapped[int | None] = mapped_column(default=None)
    area_m2: Mapped[Decimal | None] = mapped_column(Numeric(9, 2), default=None)
    equipment: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default_factory=list, server_default=text("'{}'")
    )
    hours_words: Mapped[str] = mapped_column(String(500), default="")
    """When it is open, in the source's own words; `open_week` says it in minutes."""
    closed_words: Mapped[str] = mapped_column(String(500), default="")
    """When it is shut, in the source's own words; `closed_days` says it in names of days."""
    fee_words: Mapped[str] = mapped_column(String(500), default="")
    """What it costs, in the source's own words."""
    fee_won: Mapped[int | None] = mapped_column(default=None)
    """What it costs for `fee_minutes`, where the words leave no doubt; 0 is free."""
    fee_minutes: Mapped[int | None] = mapped_column(default=None)
    how_to_book: Mapped[str] = mapped_column(String(500), default="")
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164."""
    homepage: Mapped[str | None] = mapped_column(String(500), default=None)

    @override
    def tell(self) -> dict[str, Any]:
        """Size, hours, price and telephone."""
        return {
            "facility": self.facility,
            "space_type": self.space_type,
            "capacity": self.capacity,
            "area_m2": None if self.area_m2 is None else float(self.area_m2),
            "hours_words": self.hours_words,
            "fee_words": self.fee_words,
            "fee_won": self.fee_won,
            "fee_minutes": self.fee_minutes,
            "phone": self.phone,
        }

    @override
    def describe(self) -> dict[str, Any]:
        """Equipment, closed days, how to book, and what it is a part of."""
        return {
            "equipment": self.equipment,
            "closed_words": self.closed_words,
            "how_to_book": self.how_to_book,
            "homepage": self.homepage,
            "part_of_id": self.part_of_id,
        }
