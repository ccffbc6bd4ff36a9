"""Somebody with an account."""

from datetime import datetime, timedelta
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.db.base import Base
from geo_service.geo.columns import PlaceType
from geo_service.geo.place import Place
from geo_service.geo.walking import Pace

NEIGHBOUR_FOR = timedelta(days=365)


class Tongue(StrEnum):
    """In which language somebody is written to."""

    KO = auto()
    EN = auto()


class Person(Base):
    """Somebody with an account."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 60", name="named"),
        CheckConstraint("email = lower(email) AND position('@' IN email) > 1", name="mailable"),
        CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
        CheckConstraint("pace IN ('usual', 'slow')", name="pace"),
        CheckConstraint("tongue IN ('ko', 'en')", name="tongue"),
        CheckConstraint(
            "left_at IS NULL OR (email IS NULL AND phone IS NULL AND home IS NULL"
            " AND password_hash IS NULL AND home_dong_id IS NULL AND neighbour_of_id IS NULL)",
            name="leaves_nothing",
        ),
        CheckConstraint(
            "home IS NULL OR (abs(st_x(home::geometry) * 1000 - round(st_x(home::geometry) * 1000))"
            " < 0.000001 AND abs(st_y(home::geometry) * 1000 - round(st_y(home::geometry) * 1000))"
            " < 0.000001)",
            name="home_is_rough",
        ),
        CheckConstraint(
            "(neighbour_of_id IS NULL) = (neighbour_since IS NULL)", name="neighbour_since"
        ),
        Index("person_home_idx", "home", postgresql_using="gist"),
        Index("person_email_key", "email", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    name: Mapped[str] = mapped_column(String(60))
    """As they want to be called; offices see it, neighbours do not."""
    email: Mapped[str | None] = mapped_column(String(254), default=None)
    """In lower case; an account made at an office's counter may have none."""
    email_confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164."""
    password_hash: Mapped[str | None] = mapped_column(String(200), default=None)
    """argon2id, in its own encoding; none for who signs in by mail or provider only."""
    tongue: Mapped[Tongue] = mapped_column(default=Tongue.KO, server_default=text("'ko'"))
    home: Mapped[Place | None] = mapped_column(PlaceType, default=None)
    """Rounded to three decimals, about a hundred metres, before it is kept; never shown."""
    home_dong_id: Mapped[int | None] = mapped_column(ForeignKey(Area.id), default=None)
    pace: Mapped[Pace] = mapped_column(default=Pace.USUAL, server_default=text("'usual'"))
    neighbour_of_id: Mapped[int | None] = mapped_column(ForeignKey(Area.id), default=None)
    """The dong in which they were once seen to be."""
    neighbour_since: Mapped[datetime | None] = mapped_column(default=None)
    on_staff: Mapped[bool] = mapped_column(init=False, default=False, server_default=false())
    """Whether they work for an office; a trigger of the table `staff` keeps it true."""
    joined_at: Mapped[datetime] = mapped_column(server_default=func.now(), default_factory=now)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the account was deleted; nothing personal is left in it."""
    home_dong: Mapped[Area | None] = relationship(
        init=False, foreign_keys=home_dong_id, viewonly=True
    )
    neighbour_of: Mapped[Area | None] = relationship(
        init=False, foreign_keys=neighbour_of_id, viewonly=True
    )

    @property
    def neighbour_until(self) -> datetime | None:
        """Until when the badge counts; then they are asked to be there once more."""
        return self.neighbour_since and self.neighbour_since + NEIGHBOUR_FOR

    def is_neighbour(self, at: datetime) -> bool:
        """Whether they were seen in their dong within the year."""
        return self.neighbour_until is not None and at < self.neighbour_until
