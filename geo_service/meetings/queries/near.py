"""What lies around a place: proposals to support, and rooms to meet in."""

from datetime import datetime

from sqlalchemy import Boolean, Select, exists, func, literal, literal_column, select
from sqlalchemy.orm import contains_eager

from geo_service.geo import nearby as near
from geo_service.geo.columns import PlaceType
from geo_service.geo.place import Place
from geo_service.listings.models import Listing
from geo_service.listings.queries.visible import on_offer
from geo_service.meetings.models import OPEN, Meeting, Support, Time
from geo_service.spaces.models import Space, Terms, Use

PROPOSALS_WITHIN_M, ROOMS_WITHIN_M = 2_000, 1_000
"""Half an hour's walk for what one would decide about; a quarter for where one would go."""

MOST_PROPOSALS, MOST_ROOMS = 50, 20


def proposals_near(here: Place, *, at: datetime) -> Select[Meeting, float, int]:
    """Proposals with a time ahead, how far, and how many support them. Order: nearest first."""
    point = literal(here, PlaceType)
    around = (
        select(Listing.id, func.ST_Distance(Listing.place, point).label("metres"))
        .where(
            literal_column("listing.kind = 'meeting'", Boolean),
            Listing.published_at.is_(None),
            func.ST_DWithin(Listing.place, point, PROPOSALS_WITHIN_M),
        )
        .cte("around")
        .prefix_with("MATERIALIZED")  # the few that are near first, then what they are
    )
    counted = select(func.count()).where(Support.meeting_id == Meeting.id).scalar_subquery()
    ahead = exists().where(Time.meeting_id == Meeting.id, func.lower(Time.during) > at)
    return (
        select(Meeting, around.c.metres, counted)
        .join(around, around.c.id == Meeting.id)
        .where(Meeting.state.in_(OPEN), ahead)
        .order_by(around.c.metres, Meeting.id)
        .limit(MOST_PROPOSALS)
    )


def rooms_near() -> Select[Terms, float]:
    """Rooms let whole, by the hour and at once, and how far. Order: nearest first.

    Asked with the values of a `Circle` and `:at`.
    """
    metres = near.metres(near.chord2(Space))
    return (
        select(Terms, metres)
        .join(Terms.space)
        .options(contains_eager(Terms.space))
        .where(
            on_offer(),
            near.in_box(Space),
            near.in_circle(near.chord2(Space)),
            Terms.bookable,
            Terms.use == Use.HOURLY,
            Terms.units == 1,
            Terms.needs_approval.is_(False),
        )
        .order_by(near.plane_m(Space))
        .limit(MOST_ROOMS)
    )
