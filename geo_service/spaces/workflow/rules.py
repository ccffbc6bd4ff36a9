"""Whether a wish keeps to the terms, whoever else wants the same."""

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import Range

from geo_service.spaces.models import Terms, Use
from geo_service.spaces.queries.free import bookable_between, stepped, units_of
from geo_service.spaces.queries.opening import is_closed_on, korean_day, midnight, open_windows
from geo_service.spaces.workflow.problems import (
    ClosedThatDay,
    NoSuchUnit,
    NotBookable,
    NotByTheHour,
    NotByTheMonth,
    OffTheClock,
    OutsideHours,
    TimeHasPassed,
    TooFarAhead,
    TooLong,
    TooManyPeople,
    TooShort,
    TooSoon,
)

_MINUTE = timedelta(minutes=1)


def check_wish(
    terms: Terms, during: Range[datetime], *, unit_no: int | None, people: int | None, at: datetime
) -> None:
    """Raises: a problem for the first term that the wish does not keep to."""
    if not terms.bookable or not _is_published(terms, at):
        raise NotBookable
    if unit_no is not None and unit_no not in units_of(terms):
        raise NoSuchUnit
    capacity = terms.space.capacity
    if people is not None and capacity is not None and people > capacity:
        raise TooManyPeople(capacity=capacity)
    if terms.use is Use.HOURLY:
        begins, ends = _hours_of(terms, during)
        _check_season(terms, begins, ends, at)
        _check_door(terms, begins, ends)
    else:
        _check_months(terms, during, at)


def _is_published(terms: Terms, at: datetime) -> bool:
    space = terms.space
    published = space.published_at is not None and space.published_at <= at
    return published and not space.is_over(at)


def _hours_of(terms: Terms, during: Range[datetime]) -> tuple[datetime, datetime]:
    """When it begins and ends, if its length and its minutes are as they should be."""
    begins, ends = during.lower, during.upper
    if begins is None or ends is None:
        raise NotByTheHour
    length = ends - begins
    if length < terms.min_minutes * _MINUTE:
        raise TooShort(minutes=terms.min_minutes)
    if length > terms.max_minutes * _MINUTE:
        raise TooLong(minutes=terms.max_minutes)
    step = terms.step_minutes * _MINUTE
    if stepped(begins, step) != begins or length % step:
        raise OffTheClock(minutes=terms.step_minutes)
    return begins, ends


def _check_season(terms: Terms, begins: datetime, ends: datetime, at: datetime) -> None:
    earliest, latest = bookable_between(terms, at)
    if begins < at:
        raise TimeHasPassed
    if begins < earliest:
        raise TooSoon(notice_minutes=terms.notice_minutes)
    if ends > latest:
        raise TooFarAhead(days=terms.ahead_days)


def _check_door(terms: Terms, begins: datetime, ends: datetime) -> None:
    first = korean_day(begins)
    days = (korean_day(ends) - first).days + 1
    opened = open_windows(terms.space, first, days)
    if any(window[0] <= begins and ends <= window[1] for window in opened):
        return
    raise ClosedThatDay if is_closed_on(terms.space, first) else OutsideHours


def _check_months(terms: Terms, during: Range[datetime], at: datetime) -> None:
    begins = during.lower
    if begins is None or during.upper is not None:
        raise NotByTheMonth
    if midnight(korean_day(begins)) != begins:
        raise OffTheClock(minutes=24 * 60)
    earliest, latest = bookable_between(terms, at)
    if begins < midnight(korean_day(at)):
        raise TimeHasPassed
    if begins < midnight(korean_day(earliest)):
        raise TooSoon(notice_minutes=terms.notice_minutes)
    if begins > latest:
        raise TooFarAhead(days=terms.ahead_days)
