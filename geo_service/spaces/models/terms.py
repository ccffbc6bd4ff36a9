"""On what terms a space may be booked."""

from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.db.base import Base
from geo_service.spaces.models.space import Space


class Use(StrEnum):
    """For how long at a time."""

    HOURLY = auto()
    """A room or a desk for some hours."""
    MONTHLY = auto()
    """A desk by the month, renewing (구독 오피스)."""


class Who(StrEnum):
    """Who may book. Everybody signs in."""

    ANYONE = auto()
    DISTRICT = auto()
    """Confirmed neighbours of any dong in the district of the space."""
    DONG = auto()
    """Confirmed neighbours of the dong of the space."""


class Period(StrEnum):
    """For how long a quota counts, in Korea's calendar."""

    WEEK = auto()
    """From Monday."""
    MONTH = auto()


class Terms(Base):
    """What an office lets people do with a space; a space without a row cannot be booked here."""

    __tablename__ = "space_terms"
    __table_args__ = (
        CheckConstraint("use IN ('hourly', 'monthly')", name="use"),
        CheckConstraint("who IN ('anyone', 'district', 'dong')", name="who"),
        CheckConstraint("units BETWEEN 1 AND 500", name="counted"),
        CheckConstraint("step_minutes >= 5 AND 1440 % step_minutes = 0", name="stepped"),
        CheckConstraint(
            "min_minutes BETWEEN 1 AND max_minutes AND max_minutes <= 10080"
            " AND min_minutes % step_minutes = 0 AND max_minutes % step_minutes = 0",
            name="long_enough",
        ),
        CheckConstraint(
            "before_minutes BETWEEN 0 AND 1440 AND after_minutes BETWEEN 0 AND 1440",
            name="buffered",
        ),
        CheckConstraint("notice_minutes BETWEEN 0 AND 525600", name="noticed"),
        CheckConstraint("ahead_days BETWEEN 1 AND 366", name="ahead"),
        CheckConstraint("cancel_minutes BETWEEN 0 AND 525600", name="cancelled"),
        CheckConstraint(
            "price_won BETWEEN 0 AND 100000000 AND price_minutes BETWEEN 1 AND 10080",
            name="priced",
        ),
        CheckConstraint("quota_bookings > 0 AND quota_bookings <= 1000", name="some_bookings"),
        CheckConstraint("quota_minutes > 0 AND quota_minutes <= 44640", name="some_minutes"),
        CheckConstraint("quota_period IN ('week', 'month')", name="quota_period"),
        CheckConstraint("check_in_minutes BETWEEN 0 AND 1440", name="checked_in"),
        CheckConstraint("no_show_minutes BETWEEN 1 AND 1440", name="released"),
        CheckConstraint("strikes > 0 AND strikes <= 100", name="struck"),
        CheckConstraint("strike_days BETWEEN 1 AND 366", name="forgiven"),
        CheckConstraint(
            "min_months BETWEEN 1 AND 24 AND notice_months BETWEEN 0 AND 12", name="by_the_month"
        ),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey(Space.id, ondelete="CASCADE"), primary_key=True
    )
    space: Mapped[Space] = relationship(init=False, lazy="joined", innerjoin=True)
    bookable: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether it may be booked at present."""
    use: Mapped[Use] = mapped_column(default=Use.HOURLY)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    """Whether an officer decides; otherwise a booking stands at once."""
    who: Mapped[Who] = mapped_column(default=Who.ANYONE)
    units: Mapped[int] = mapped_column(default=1)
    """How many alike there are (desks), numbered from 1; of a room there is one."""
    step_minutes: Mapped[int] = mapped_column(default=30)
    """Bookings begin at multiples of this since midnight, and last for multiples of it."""
    min_minutes: Mapped[int] = mapped_column(default=60)
    max_minutes: Mapped[int] = mapped_column(default=240)
    before_minutes: Mapped[int] = mapped_column(default=0)
    """Time to prepare: the space is taken for so long before each booking."""
    after_minutes: Mapped[int] = mapped_column(default=0)
    """Time to tidy up: the space is taken for so long after each booking."""
    notice_minutes: Mapped[int] = mapped_column(default=0)
    """It is booked at least so long before it begins."""
    ahead_days: Mapped[int] = mapped_column(default=30)
    """It is booked at most so many days before it begins."""
    cancel_minutes: Mapped[int] = mapped_column(default=60)
    """It is moved or cancelled at least so long before it begins."""
    price_won: Mapped[int] = mapped_column(default=0)
    """For every `price_minutes` begun; of a monthly desk, for a month."""
    price_minutes: Mapped[int] = mapped_column(default=60)
    quota_bookings: Mapped[int | None] = mapped_column(default=None)
    """How many bookings one person may have in a period."""
    quota_minutes: Mapped[int | None] = mapped_column(default=None)
    """How long they may be altogether."""
    quota_period: Mapped[Period] = mapped_column(default=Period.WEEK)
    check_in_minutes: Mapped[int] = mapped_column(default=15)
    """One checks in at the earliest so long before it begins."""
    no_show_minutes: Mapped[int | None] = mapped_column(default=None)
    """Who has not come so long after it began has lost it; None lets everybody keep it."""
    strikes: Mapped[int | None] = mapped_column(default=3)
    """After so many no-shows in spaces of the same office one may not book for a while."""
    strike_days: Mapped[int] = mapped_column(default=90)
    """After so many days a no-show is forgiven."""
    min_months: Mapped[int] = mapped_column(default=1)
    """A monthly desk is taken for at least so long."""
    notice_months: Mapped[int] = mapped_column(default=1)
    """Who gives up a monthly desk says so at least so long before."""

    def cost_won(self, minutes: int) -> int:
        """What so long costs; of a monthly desk, each month."""
        if self.use is Use.MONTHLY:
            return self.price_won
        return -(-minutes // self.price_minutes) * self.price_won
