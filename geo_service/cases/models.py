"""What came of a step; a list of households between being sent and being taken in."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.confidential.models import SCHEMA
from geo_service.confidential.sealing import SealedType
from geo_service.db.base import Base
from geo_service.reports.models import SurveyRound


class Outcome(StrEnum):
    """What came of a step."""

    MET = auto()
    NOBODY = auto()
    REFUSED = auto()
    """They were reached, and want no help."""
    WRONG = auto()
    """The address or the number is somebody else's."""

    @property
    def is_reached(self) -> bool:
        """Whether somebody was spoken to."""
        return self in {Outcome.MET, Outcome.REFUSED}


class SurveyList(Base):
    """What a file said, looked through and not taken in yet; sealed with a key of its own."""

    __tablename__ = "survey_list"
    __table_args__ = (
        CheckConstraint("expires_at > sent_at", name="ends"),
        Index("survey_list_round_id_idx", "round_id"),
        Index("survey_list_expires_at_idx", "expires_at"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey(SurveyRound.id, ondelete="CASCADE"))
    rows_sealed: Mapped[bytes] = mapped_column(SealedType)
    sent_at: Mapped[datetime] = mapped_column(default_factory=now)
    expires_at: Mapped[datetime]
