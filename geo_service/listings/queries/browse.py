"""Listings of a region or of an area, page by page, and one of them with all its details."""

from typing import NamedTuple, Self
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select
from sqlalchemy.orm import undefer, with_polymorphic

from geo_service.areas.models import Area, Register
from geo_service.errors import BadField
from geo_service.geo.columns import WGS84
from geo_service.listings.models import FEATURE_END, Listing, Visibility
from geo_service.listings.queries import visible

_PLACE: ColumnElement[object] = literal_column("listing.place::geometry")


class Bounds(NamedTuple):
    """A box of meridians and parallels, in degrees; across the antimeridian west > east."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, bbox: str) -> Self:
        """From "west,south,east,north". Raises: BadField."""
        try:
            bounds = cls(*map(float, bbox.split(",")))
        except (ValueError, TypeError):
            raise BadField("bbox", "Send four numbers: west,south,east,north.") from None
        if not (abs(bounds.west) <= 180 and abs(bounds.east) <= 180):
            raise BadField("bbox", "west and east lie between -180 and 180.")
        if not -90 <= bounds.south <= bounds.north <= 90:
            raise BadField("bbox", "south and north lie between -90 and 90, south first.")
        return bounds

    @property
    def parts(self) -> list["Bounds"]:
        """Itself, or its two sides of the antimeridian."""
        if self.west <= self.east:
            return [self]
        return [self._replace(east=180.0), self._replace(west=-180.0)]


def offered() -> Select[str, UUID]:
    """Everything on offer `:at` a moment, as (feature, id) in order of id."""
    feature = (Listing.feature_head + FEATURE_END).label("feature")
    return select(feature, Listing.id).where(visible.on_offer()).order_by(Listing.id)


def after(id_: UUID) -> ColumnElement[bool]:
    """What comes later in the order of ids."""
    return Listing.id > id_


def in_bounds(bounds: Bounds) -> ColumnElement[bool]:
    """Whether a listing lies in the box, its edges included."""
    boxes = (func.ST_MakeEnvelope(*part, WGS84) for part in bounds.parts)
    return or_(*(func.ST_Intersects(_PLACE, box) for box in boxes))


def in_area(area: Area) -> ColumnElement[bool]:
    """Whether a listing belongs to an area or to a part of it.

    Listings belong to the administrative dong where one is known; a legal dong is another cut
    through the same ground, and is asked by its outline.
    """
    if area.register is Register.LEGAL:
        outline = select(Area.outline).where(Area.id == area.id).scalar_subquery()
        return func.ST_Covers(outline, _PLACE)
    part = select(Area.id).where(Area.id == area.id).cte("part", recursive=True)
    part = part.union(select(Area.id).where(Area.parent_id == part.c.id))
    return Listing.area_id.in_(select(part.c.id))


def the_listing(id_: UUID) -> Select[Listing]:
    """One listing published for everybody `:at` a moment, with its details; closed ones too."""
    every_kind = with_polymorphic(Listing, "*")
    return (
        select(every_kind)
        .where(
            every_kind.id == id_,
            every_kind.visibility == Visibility.PUBLIC,
            every_kind.published_at <= visible.AT,
        )
        .options(undefer(every_kind.feature_head))
    )
