"""Whether a door is open at a moment: hours, closed days, and nights that belong to an evening."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.hours.week import DAY, WEEK, Spans, by_day, from_days, merged
from geo_service.listings.models import Listing
from geo_service.listings.queries import Search, find, visible
from tests.factories import HOME, a_space
from tests.meetings import convened

EVERY_DAY = range(7)
NIGHTS = {day: ["22:00-02:00"] for day in EVERY_DAY}
ROUND_THE_CLOCK = {day: ["00:00-24:00"] for day in EVERY_DAY}
DAYTIME = {day: ["09:00-18:00"] for day in EVERY_DAY}
MONDAY = datetime(2026, 11, 23, tzinfo=KOREA)
"""An ordinary one, at midnight."""


def ranges(spans: Spans | None) -> list[Range[int]] | None:
    return None if spans is None else [Range(*span) for span in spans]


def is_open(session: Session, when: str) -> bool:
    """Whether the one listing is found at `Mon 00:30`."""
    day, clock = when.split()
    hour, minute = map(int, clock.split(":"))
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(day)
    moment = MONDAY + timedelta(days=days, hours=hour, minutes=minute)
    return bool(find(session, Search(HOME, open_at=moment), at=now()).number)


@pytest.mark.parametrize(
    ("days", "closed", "when", "expected"),
    [
        (NIGHTS, "mon", "Sun 23:00", True),
        (NIGHTS, "mon", "Mon 00:30", True),
        (NIGHTS, "mon", "Mon 22:30", False),
        (NIGHTS, "mon", "Tue 00:30", False),
        (NIGHTS, "mon", "Tue 02:00", False),
        (NIGHTS, "mon", "Tue 22:30", True),
        (NIGHTS, "sun", "Mon 00:30", False),
        (NIGHTS, "11-25", "Thu 01:59", False),
        (NIGHTS, "11-25", "Wed 01:59", True),
        ({1: ["00:00-06:00"]}, "mon", "Tue 00:30", True),
        ({1: ["00:00-06:00"]}, "tue", "Tue 00:30", False),
        ({0: ["14:00-12:00"]}, "mon", "Tue 11:59", True),
        ({0: ["14:00-11:00"]}, "mon", "Tue 10:59", False),
        (ROUND_THE_CLOCK, "mon", "Mon 00:30", False),
        (ROUND_THE_CLOCK, "mon", "Tue 00:30", True),
        (DAYTIME, "mon", "Mon 09:00", False),
        (DAYTIME, "mon", "Tue 09:00", True),
        (DAYTIME, "mon", "Tue 08:59", False),
        (DAYTIME, "mon", "Tue 18:00", False),
    ],
)
def test_a_night_is_closed_with_the_evening_it_began(
    session: Session, days: Mapping[int, list[str]], closed: str, when: str, expected: bool
) -> None:
    a_space(session, open_week=ranges(from_days(days)), closed_days=[closed])
    assert is_open(session, when) is expected


def test_without_weekly_hours_only_closed_days_shut_the_door(session: Session) -> None:
    a_space(session, open_week=None, closed_days=["mon"])
    assert [is_open(session, when) for when in ("Mon 00:30", "Tue 00:30")] == [False, True]


def test_unknown_hours_are_not_open(session: Session) -> None:
    a_space(session, open_week=[])
    assert not is_open(session, "Tue 10:00")


spans = st.lists(
    st.tuples(st.integers(0, WEEK - 1), st.integers(1, WEEK)).map(lambda p: (p[0], sum(p))),
    min_size=1,
    max_size=5,
)


@given(spans, st.integers(0, WEEK - 1), st.sampled_from(["mon", "sun"]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_hours_are_read_as_the_days_people_tell(
    session: Session, told: list[tuple[int, int]], minute: int, closed: str
) -> None:
    week = merged(told)
    space = a_space(session, open_week=ranges(week), closed_days=[closed])
    open_then = select(visible.open_then()).where(Listing.id == space.id)
    values = visible.open_values(MONDAY + timedelta(minutes=minute))
    assert session.scalar(open_then, values) is _is_open(week, minute, closed)


def _is_open(week: Spans, minute: int, closed: str) -> bool:
    """The same, told slowly."""
    days, day = by_day(week), minute // DAY
    clock = minute - day * DAY
    hours = [span for span in days[day] if clock in range(*span)]
    evening = [span for span in days[day - 1] if span[0] > 0 and span[1] == DAY]
    goes_on = hours and hours[0][0] == 0 and hours[0][1] < DAY // 2 and evening
    named = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[(day - bool(goes_on)) % 7]
    return bool(hours) and named != closed


def test_a_meeting_is_open_while_it_takes_place(session: Session) -> None:
    meeting = convened(session)
    assert meeting.begins_at is not None
    assert meeting.ends_at is not None
    open_then = select(visible.open_then()).where(Listing.id == meeting.id)
    minute = timedelta(minutes=1)
    told = {
        meeting.begins_at - timedelta(days=7): False,
        meeting.begins_at - minute: False,
        meeting.begins_at: True,
        meeting.ends_at - minute: True,
        meeting.ends_at: False,
    }
    assert {at: session.scalar(open_then, visible.open_values(at)) for at in told} == told
