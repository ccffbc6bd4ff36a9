"""Jobs and rooms around a place. Each returns SQL over the values of a `Circle` and `:at`."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import contains_eager

from geo_service.geo import nearby as near
from geo_service.jobs.models import Job
from geo_service.listings.queries.visible import AT, on_offer, open_then
from geo_service.spaces.models import Space, Terms, Use
from geo_service.urgent.models import Call, CallState

MOST_JOBS, MOST_ROOMS = 40, 20
"""Nobody reads further; and each room costs a look at its bookings."""

HOUR = 60


def jobs_near(today: date) -> Select[Job, float, datetime | None]:
    """Jobs on offer that are not over, how far, and for when their call rings. Nearest first."""
    rings = and_(Call.job_id == Job.id, Call.state == CallState.RINGING, Call.needed_at > AT)
    return (
        select(Job, _metres(Job), Call.needed_at)
        .outerjoin(Call, rings)
        .where(_around(Job), Job.works_until.is_(None) | (Job.works_until >= today))
        .order_by(near.plane_m(Job))
        .limit(MOST_JOBS)
    )


def rooms_near(*, open_at: bool, most: int = MOST_ROOMS) -> Select[Terms, float]:
    """Rooms that are booked here by the hour, and how far. Nearest first.

    With `open_at`, only those whose door is open at the moment of `visible.open_values`.
    """
    found = (
        select(Terms, _metres(Space))
        .join(Terms.space)
        .options(contains_eager(Terms.space))
        .where(
            _around(Space),
            Terms.bookable,
            Terms.use == Use.HOURLY,
            Terms.max_minutes >= HOUR,
        )
        .order_by(near.plane_m(Space))
        .limit(most)
    )
    return found.where(open_then()) if open_at else found


def _around(rows: type[Job | Space]) -> ColumnElement[bool]:
    return and_(on_offer(), near.in_box(rows), near.in_circle(near.chord2(rows)))


def _metres(rows: type[Job | Space]) -> ColumnElement[float]:
    return near.metres(near.chord2(rows))
