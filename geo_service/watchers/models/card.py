"""Cards that are good now, and the keys with which what they say is signed."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Identity, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.watchers.models.watcher import Watcher


class CardKind(StrEnum):
    """What a card is shown on."""

    PHONE = auto()
    """Signed anew whenever it is shown, for minutes."""
    PAPER = auto()
    """Signed for as long as the membership lasts."""


class Card(Base):
    """One card that is good; one that is not here any more is revoked."""

    __tablename__ = "watch_card"
    __table_args__ = (
        UniqueConstraint("watcher_id", "kind", name="watch_card_once_key"),
        CheckConstraint("kind IN ('phone', 'paper')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    """The serial inside its token; it says nothing of the person."""
    watcher_id: Mapped[UUID] = mapped_column(ForeignKey(Watcher.id, ondelete="CASCADE"))
    watcher: Mapped[Watcher] = relationship(init=False)
    kind: Mapped[CardKind]
    made_at: Mapped[datetime] = mapped_column(default_factory=now)


class CardKey(Base):
    """One version of the key; its private half is sealed with the service's secret.

    signs ──rotated──▶ only verifies ──revoked──▶ verifies nothing
    """

    __tablename__ = "watch_key"
    __table_args__ = (
        CheckConstraint("id BETWEEN 1 AND 65535", name="two_bytes"),
        CheckConstraint("length(public_key) = 32", name="public"),
        CheckConstraint("(sealed IS NULL) = (retired_at IS NOT NULL)", name="sealed"),
        CheckConstraint("revoked_at IS NULL OR retired_at IS NOT NULL", name="retired_first"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, init=False)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None once it signs no more: what is gone cannot be stolen."""
    made_at: Mapped[datetime] = mapped_column(default_factory=now)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
