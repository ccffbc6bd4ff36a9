"""Homes in each hexagon, the neighbourhoods made of them, and what was published of each."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.areas.models import Area
from geo_service.db.base import Base


class Neighbourhood(Base):
    """A group of hexagons with enough homes to hide each of them."""

    __tablename__ = "neighbourhood"
    __table_args__ = (
        CheckConstraint("homes >= 100", name="enough_homes"),
        CheckConstraint("name <> ''", name="named"),
        Index("neighbourhood_district_id_idx", "district_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """The least of its hexagons."""
    homes: Mapped[int]
    name: Mapped[str] = mapped_column(String(140))
    """The dong around its middle."""
    district_id: Mapped[int | None] = mapped_column(ForeignKey(Area.id, ondelete="SET NULL"))
    since: Mapped[datetime | None] = mapped_column(default=None)
    """What was told before is counted elsewhere: then its borders were others."""


class HomesInCell(Base):
    """How many households live in a hexagon, as public figures have it."""

    __tablename__ = "homes_in_cell"
    __table_args__ = (
        CheckConstraint("homes >= 0", name="some_homes"),
        CheckConstraint("cell > 0", name="a_cell"),
        Index("homes_in_cell_neighbourhood_id_idx", "neighbourhood_id"),
    )

    cell: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """H3, of resolution 9."""
    homes: Mapped[int]
    invented: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """For trying things out: gives way to the first real figures."""
    neighbourhood_id: Mapped[int | None] = mapped_column(
        ForeignKey(Neighbourhood.id, ondelete="SET NULL"), default=None
    )
    """None where too few live, far from all others."""


class Publication(Base):
    """A month whose figures are out."""

    __tablename__ = "neighbourhood_publication"
    __table_args__ = (CheckConstraint("extract(day FROM until) = 1", name="whole_months"),)

    until: Mapped[date] = mapped_column(primary_key=True)
    """The first day that is not counted any more."""
    published_at: Mapped[datetime]


class PublishedCount(Base):
    """How often somebody was worried there, in the year before."""

    __tablename__ = "neighbourhood_count"
    __table_args__ = (
        CheckConstraint("told > 0 AND told % 5 = 0", name="by_fives"),
        Index("neighbourhood_count_neighbourhood_id_idx", "neighbourhood_id"),
    )

    until: Mapped[date] = mapped_column(
        ForeignKey(Publication.until, ondelete="CASCADE"), primary_key=True
    )
    neighbourhood_id: Mapped[int] = mapped_column(
        ForeignKey(Neighbourhood.id, ondelete="CASCADE"), primary_key=True
    )
    told: Mapped[int]
    """A multiple of five; there is no row for fewer."""
