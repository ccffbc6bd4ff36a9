"""What a dong centre asks of meetings."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.db.base import Base
from geo_service.offices.models import Office

SUPPORTERS = 3
"""How many must support a proposal where the dong centre has not said otherwise."""


class Rule(Base):
    """How many must support a proposal before its proposer may convene it."""

    __tablename__ = "meeting_rule"
    __table_args__ = (CheckConstraint("supporters BETWEEN 3 AND 50", name="supported"),)

    office_id: Mapped[UUID] = mapped_column(
        ForeignKey(Office.id, ondelete="CASCADE"), primary_key=True
    )
    supporters: Mapped[int] = mapped_column(default=SUPPORTERS)
