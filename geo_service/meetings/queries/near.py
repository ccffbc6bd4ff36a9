"""What lies around a place: proposals to support, and rooms to meet in."""

from datetime import datetime

from sqlalchemy import Select, exists, func, literal, select
from sqlalchemy.orm import contains_eager

from geo_service.geo import nearby as near
from geo_service.geo.columns import PlaceType
from geo_service.geo.place import Place
from geo_service.listings.models import Kind
from geo_service.listings.queries.visible import on_offer
from geo_service.meetings.models import OPEN, Meeting, Support, Time
from geo_service.spaces.models import Space, Terms, Use

PROPOSALS_WITHIN_M, ROOMS_WITHIN_M = 2_000, 1_000
"""Half an hour's walk for what one would decide about; a quarter for where one would go."""

MOST_PROPOSALS, MOST_ROOMS = 50, 20


def proposals_near(here: Place, *, at: datetime) -> Select[Meeting, float, int]:
    """Proposals with a time ahead, how far, and how many support them. Order: nearest first."""
    point = literal(here, PlaceType)
    metres = func.ST_Distance(Meeting.place, point)
    counted = select(func.count()).where(Support.meeting_id == Meeting.id).scalar_subquery()
    ahead = exists().where(Time.meeting_id == Meeting.id, func.lower(Time.during) > at)
    return (
        select(Meeting, metres, counted)
        .where(
            Meeting.kind == Kind.MEETING,
            Meeting.published_at.is_(None),
            Meeting.state.in_(OPEN),
            func.ST_DWithin(Meeting.place, point, PROPOSALS_WITHIN_M),
            ahead,
        )
        .order_by(metres, Meeting.id)
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
