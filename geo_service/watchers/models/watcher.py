"""Who looks after their alley, who would like to, and what a dong centre decided about both."""

from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.offices.models import Office

RAN_OUT = "1년의 활동 기간이 끝났어요."
"""The reason where nobody ended it."""


class WatcherState(StrEnum):
    """How far a membership has come."""

    WAITING = auto()
    """For the dong centre."""
    CONFIRMED = auto()
    DECLINED = auto()
    ENDED = auto()
    """By the dong centre, or because its year went by."""


class Watcher(Base):
    """The membership of one person in one dong; who leaves leaves no row."""

    __tablename__ = "watcher"
    __table_args__ = (
        UniqueConstraint("person_id", name="watcher_once_key"),
        CheckConstraint("state IN ('waiting', 'confirmed', 'declined', 'ended')", name="state"),
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 30", name="named"),
        CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
        CheckConstraint(
            "(state IN ('waiting', 'confirmed')) = (phone IS NOT NULL)", name="reachable"
        ),
        CheckConstraint("(state = 'confirmed') = (valid_until IS NOT NULL)", name="valid"),
        CheckConstraint(
            "(state IN ('declined', 'ended')) = (btrim(reason) <> '')", name="explained"
        ),
        Index("watcher_office_id_idx", "office_id", "state"),
        Index(
            "watcher_valid_until_idx", "valid_until", postgresql_where=text("state = 'confirmed'")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    person: Mapped[Person] = relationship(init=False, foreign_keys=[person_id])
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id))
    """The dong centre."""
    office: Mapped[Office] = relationship(init=False, lazy="joined", innerjoin=True)
    name: Mapped[str] = mapped_column(String(30))
    """As chosen for the card."""
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164; kept while the dong centre may have to call."""
    state: Mapped[WatcherState] = mapped_column(default=WatcherState.WAITING)
    asked_at: Mapped[datetime] = mapped_column(default_factory=now)
    """When they promised, had learned, and sent it."""
    moved_at: Mapped[datetime] = mapped_column(default_factory=now)
    """When it came into this state."""
    decided_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), default=None
    )
    """Who decided at the dong centre; None where its own rule did."""
    reason: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """Why not, or no more; they read it."""
    valid_until: Mapped[datetime | None] = mapped_column(default=None)
    """A midnight in Korea."""
    renewal_told_at: Mapped[datetime | None] = mapped_column(default=None)
    dong: Mapped[Area | None] = relationship(
        init=False,
        viewonly=True,
        uselist=False,
        lazy="joined",
        secondary=Office.__table__,
        primaryjoin=lambda: Watcher.office_id == Office.id,
        secondaryjoin=lambda: Area.id == Office.answers_for_id,
    )

    @property
    def dong_name(self) -> str:
        """What stands on the card."""
        return self.dong.name if self.dong else self.office.name

    @property
    def was_refused(self) -> bool:
        """Whether people at the dong centre said no, or no more."""
        refused = self.state in {WatcherState.DECLINED, WatcherState.ENDED}
        return refused and self.reason != RAN_OUT

    def is_valid(self, at: datetime) -> bool:
        """Whether they are a watcher at that moment."""
        return self.valid_until is not None and at < self.valid_until

    def is_live(self, at: datetime) -> bool:
        """Whether they are one, or may become one without asking again."""
        return self.state is WatcherState.WAITING or self.is_valid(at)


class Terms(Base):
    """What a dong centre has set about its watchers."""

    __tablename__ = "watch_terms"
    __table_args__ = (CheckConstraint("enough BETWEEN 1 AND 1000", name="enough"),)

    office_id: Mapped[UUID] = mapped_column(
        ForeignKey(Office.id, ondelete="CASCADE"), primary_key=True
    )
    at_once: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether who enrols is confirmed without anybody looking."""
    enough: Mapped[int] = mapped_column(default=10, server_default=text("10"))
    """So many watchers, and the plan of activities opens."""
    plan_opened_at: Mapped[datetime | None] = mapped_column(default=None)
    """It stays open when some leave."""
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class Enrolment(Base):
    """What somebody has answered and not sent yet: kept for a month, gone when it is sent."""

    __tablename__ = "watcher_draft"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(said) = 'object'", name="said"),
        CheckConstraint("length(said::text) <= 5000", name="short"),
        Index("watcher_draft_saved_at_idx", "saved_at"),
    )

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    said: Mapped[dict[str, Any]] = mapped_column(
        JSONB, default_factory=dict, server_default=text("'{}'")
    )
    """For each page, what was typed by field."""
    saved_at: Mapped[datetime] = mapped_column(default_factory=now)
