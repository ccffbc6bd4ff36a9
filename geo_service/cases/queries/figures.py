"""What leads read: sums that functions of the database give out, and who looked at what."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from geo_service.accounts.models import Person
from geo_service.cases.queries import Rows
from geo_service.confidential.claims import Standing
from geo_service.confidential.models import Look
from geo_service.offices.models import Office

FOR_COLLEAGUES = ("instead", "urgent", "together", "concerned")
"""Purposes that somebody had to say."""


def sums(by: str, first: date, after: date) -> Rows:
    """How many reports from a day on and before another, by one thing.

    Shape: rows of name, reports. `by`: `centre`, `stage`, `category` or `month`.
    """
    counted = func.reports.sums(by, first, after).table_valued("name", "reports")
    return select(counted.c.name, counted.c.reports)


def late(today: date) -> Rows:
    """What is overdue. Shape: rows of number, centre, due_on. Order: the oldest first."""
    told = func.reports.late(today).table_valued("number", "centre_id", "since").alias("told")
    return (
        select(told.c.number, Office.name.label("centre"), told.c.since.label("due_on"))
        .join(Office, Office.id == told.c.centre_id)
        .order_by(told.c.since, told.c.number)
    )


def idle(today: date, untouched: datetime) -> Rows:
    """What stands still. Shape: rows of number, centre, since. Order: the oldest first."""
    told = func.reports.idle(today, untouched).table_valued("number", "centre_id", "since")
    return _with_centre(told.alias("told"), "since")


def ending(today: date) -> Rows:
    """What is destroyed soon. Shape: rows of number, centre, ends_on. Order: the next first."""
    told = func.reports.ending(today).table_valued("number", "centre_id", "ends_on")
    return _with_centre(told.alias("told"), "ends_on")


def _with_centre(told: Any, day: str) -> Rows:
    return (
        select(told.c.number, Office.name.label("centre"), told.c[day])
        .join(Office, Office.id == told.c.centre_id)
        .order_by(told.c[day], told.c.number)
    )


def progress(since: date) -> Rows:
    """How far surveys are. Shape: rows of centre, season, starts_on, households, done."""
    names = ("centre_id", "title", "season", "starts_on", "households", "done")
    told = func.reports.progress(since).table_valued(*names).alias("told")
    return (
        select(
            Office.name.label("centre"),
            told.c.season,
            told.c.starts_on,
            told.c.households,
            told.c.done,
        )
        .join(Office, Office.id == told.c.centre_id)
        .order_by(told.c.starts_on.desc(), Office.name)
    )


def lookers(centres: Collection[UUID], first: datetime, after: datetime) -> Rows:
    """Who looked, leads as well, and how often. Order: most first.

    Shape: rows of who, centre, things, looks, of_colleagues, off_hours.
    """
    here = func.timezone("Asia/Seoul", Look.at)
    off = or_(
        func.date_part("isodow", here) > 5,
        func.date_part("hour", here) < 8,
        func.date_part("hour", here) >= 19,
    )
    return (
        select(
            Person.name.label("who"),
            Office.name.label("centre"),
            func.count(Look.thing_id.distinct()).label("things"),
            func.count().label("looks"),
            func.count().filter(Look.purpose.in_(FOR_COLLEAGUES)).label("of_colleagues"),
            func.count().filter(off).label("off_hours"),
        )
        .select_from(Look)
        .join(Office, Office.id == Look.centre_id)
        .outerjoin(Person, Person.id == Look.person_id)
        .where(*_of_staff(centres, first, after))
        .group_by(Look.person_id, Person.name, Office.id, Office.name)
        .order_by(func.count().desc(), Person.name)
    )


def notable(centres: Collection[UUID], first: datetime, after: datetime) -> Rows:
    """Looks at colleagues' cases. Shape: rows of at, who, centre, purpose. Order: latest first."""
    return (
        select(Look.at, Person.name.label("who"), Office.name.label("centre"), Look.purpose)
        .join(Office, Office.id == Look.centre_id)
        .outerjoin(Person, Person.id == Look.person_id)
        .where(*_of_staff(centres, first, after), Look.purpose.in_(FOR_COLLEAGUES))
        .where(Look.thing == "case")
        .order_by(Look.id.desc())
        .limit(200)
    )


def _of_staff(centres: Collection[UUID], first: datetime, after: datetime) -> tuple[Any, ...]:
    return (
        Look.centre_id.in_(centres),
        Look.at >= first,
        Look.at < after,
        Look.standing.in_((Standing.CASEWORKER, Standing.LEAD)),
        Look.thing != "board",
    )
