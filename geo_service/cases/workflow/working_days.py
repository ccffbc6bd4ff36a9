"""Days on which a centre is open."""

from datetime import date, timedelta

from geo_service.hours.closures import tokens_on

_SHUT = frozenset({"sat", "sun", "holiday", "substitute-holiday", "temporary-holiday"})


def is_working(day: date) -> bool:
    """Whether somebody is at the desk."""
    return _SHUT.isdisjoint(tokens_on(day))


def working_day(start: date, days: int) -> date:
    """So many working days after `start`; with none, the first one from `start` on."""
    day = start
    while not is_working(day):
        day += timedelta(days=1)
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working(day):
            day += timedelta(days=1)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to `last`."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(map(is_working, days))
