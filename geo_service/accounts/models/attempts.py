"""How often something was tried of late: the memory that all workers share."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.db.base import Base


class Attempts(Base):
    """Tries by one address, at one account.

    Not written to PostgreSQL's log: no standby reads it, and after a crash everybody merely
    begins again with no tries.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("length(key) = 16", name="hashed"),
        CheckConstraint("number > 0", name="some"),
        Index("attempts_until_idx", "until"),
        {"prefixes": ["UNLOGGED"]},
    )

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """A keyed hash of what is counted: neither addresses nor e-mails can be read here."""
    number: Mapped[int]
    until: Mapped[datetime]
    """From then on, counting starts anew."""
