"""What can be taken up within some time from now."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from geo_service.geo.nearby import Circle
from geo_service.geo.walking import walk_minutes
from geo_service.jobs.models import Job
from geo_service.jobs.schemas.shifts import shifts
from geo_service.listings.queries.visible import open_values
from geo_service.spaces.models import Terms
from geo_service.spaces.queries.free import Look, free_times
from geo_service.spaces.queries.opening import korean_day
from geo_service.spare.models import Asking, Chance
from geo_service.spare.queries.near import jobs_near, rooms_near

WITHIN_M = 1_000
"""A quarter of an hour's walk: farther, too much of the time is gone."""

SOON = timedelta(minutes=59)
"""A room is free now if it can be had from then at the latest."""

AHEAD_DAYS, ROOMS_AHEAD = 4, 5
"""How far ahead one looks, and in how many rooms, when there is nothing now."""


def chances(session: Session, asking: Asking) -> list[Chance]:
    """All of them. Order: nearest first, at the same place what begins first."""
    circle = Circle(asking.here, WITHIN_M)
    if not circle.on_plane:
        return []
    values = {"at": asking.at, **circle.binds}
    found = [*_jobs(session, asking, values), *_rooms(session, asking, values)]
    return sorted(found, key=lambda one: (one.distance_m, one.begins_at, one.listing.id))


def next_chance(session: Session, asking: Asking) -> Chance | None:
    """What can be begun next of the nearest, when there is nothing now."""
    circle = Circle(asking.here, WITHIN_M)
    if not circle.on_plane:
        return None
    values = {"at": asking.at, **circle.binds}
    later = [*_jobs_later(session, asking, values), *_rooms_later(session, asking, values)]
    return min(later, key=lambda one: (one.begins_at, one.distance_m), default=None)


def _jobs(session: Session, asking: Asking, values: dict[str, object]) -> Iterator[Chance]:
    for job, metres, needed_at in session.execute(jobs_near(korean_day(asking.at)), values):
        walk = walk_minutes(metres, asking.pace)
        if needed_at is not None:
            ends_at = next((s.ends_at for s in shifts(job) if s.starts_at == needed_at), None)
            yield Chance(job, metres, walk, needed_at, ends_at, is_urgent=True)
            continue
        for begins_at, ends_at in _after(job, asking.at + timedelta(minutes=walk)):
            if ends_at <= asking.until:
                yield Chance(job, metres, walk, begins_at, ends_at, is_urgent=_hurries(job, asking))
            break


def _jobs_later(session: Session, asking: Asking, values: dict[str, object]) -> Iterator[Chance]:
    for job, metres, _ in session.execute(jobs_near(korean_day(asking.at)), values):
        walk = walk_minutes(metres, asking.pace)
        for begins_at, ends_at in _after(job, asking.at + timedelta(minutes=walk)):
            yield Chance(job, metres, walk, begins_at, ends_at)
            break


def _after(job: Job, at: datetime) -> Iterable[tuple[datetime, datetime]]:
    return ((one.starts_at, one.ends_at) for one in shifts(job) if one.starts_at >= at)


def _hurries(job: Job, asking: Asking) -> bool:
    return job.urgent_until is not None and job.urgent_until > asking.at


def _rooms(session: Session, asking: Asking, values: dict[str, object]) -> Iterator[Chance]:
    values = values | open_values(asking.at + SOON)
    for terms, metres in session.execute(rooms_near(open_at=True), values).all():
        yield from _slot(session, asking, terms, metres, days=2, before=asking.at + SOON)


def _rooms_later(session: Session, asking: Asking, values: dict[str, object]) -> Iterator[Chance]:
    nearest = rooms_near(open_at=False, most=ROOMS_AHEAD)
    for terms, metres in session.execute(nearest, values).all():
        yield from _slot(session, asking, terms, metres, days=AHEAD_DAYS)


def _slot(  # noqa: PLR0913 (what is looked for)
    session: Session,
    asking: Asking,
    terms: Terms,
    metres: float,
    *,
    days: int,
    before: datetime | None = None,
) -> Iterator[Chance]:
    """The first time of that length that one can walk to; none that begins later than `before`."""
    minutes = _length(terms, asking.minutes)
    if minutes < terms.min_minutes:
        return
    walk = walk_minutes(metres, asking.pace)
    arrives_at = asking.at + timedelta(minutes=walk)
    free = free_times(session, Look(terms, asking.at), korean_day(asking.at), days)
    slot = next((each for each in free.slots(minutes) if each[0] >= arrives_at), None)
    if slot is not None and (before is None or slot[0] <= before):
        cost_won = terms.cost_won(minutes)
        yield Chance(terms.space, metres, walk, *slot, cost_won=cost_won, terms=terms)


def _length(terms: Terms, minutes: int) -> int:
    """As long as wished, as far as the terms let one."""
    return min(minutes, terms.max_minutes) // terms.step_minutes * terms.step_minutes
