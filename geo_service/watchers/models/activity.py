"""What watchers of a dong do together: what, when, who, and what became of it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.offices.models import Office
from geo_service.watchers.models.watcher import Watcher


class Activity(Base):
    """One line of a dong's plan."""

    __tablename__ = "watch_activity"
    __table_args__ = (
        CheckConstraint("btrim(what) <> '' AND btrim(meet_at) <> ''", name="told"),
        CheckConstraint("ends_at > starts_at", name="forward"),
        CheckConstraint("seats >= 1", name="seated"),
        CheckConstraint("(done_at IS NULL) = (came IS NULL) AND came >= 0", name="done"),
        CheckConstraint("done_at IS NULL OR called_off_at IS NULL", name="one_end"),
        CheckConstraint("version >= 1", name="versioned"),
        Index("watch_activity_office_id_idx", "office_id", "starts_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id))
    office: Mapped[Office] = relationship(init=False, lazy="joined", innerjoin=True)
    what: Mapped[str] = mapped_column(String(100))
    meet_at: Mapped[str] = mapped_column(String(140))
    """Where one meets, in words."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seats: Mapped[int | None] = mapped_column(default=None)
    """None is as many as like."""
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    came: Mapped[int | None] = mapped_column(default=None)
    done_words: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    called_off_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    made_at: Mapped[datetime] = mapped_column(default_factory=now)
    parts: Mapped[list["Part"]] = relationship(
        init=False, viewonly=True, order_by="Part.joined_at, Part.watcher_id"
    )
    """Who comes, in the order of signing up."""

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor called off."""
        return self.done_at is None and self.called_off_at is None

    def is_ahead(self, at: datetime) -> bool:
        """Whether one may still sign up."""
        return self.is_open and at < self.starts_at


class Part(Base):
    """That a watcher comes."""

    __tablename__ = "watch_activity_part"
    __table_args__ = (Index("watch_activity_part_watcher_id_idx", "watcher_id"),)

    activity_id: Mapped[UUID] = mapped_column(
        ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True
    )
    watcher_id: Mapped[UUID] = mapped_column(
        ForeignKey(Watcher.id, ondelete="CASCADE"), primary_key=True
    )
    watcher: Mapped[Watcher] = relationship(init=False)
    joined_at: Mapped[datetime] = mapped_column(default_factory=now)
