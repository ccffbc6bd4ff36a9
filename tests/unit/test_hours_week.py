"""Hours of the week: minutes from Monday midnight in Korea."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.clock import KOREA
from geo_service.hours.week import (
    ALL_WEEK,
    DAY,
    WEEK,
    NotOpeningHours,
    Spans,
    by_day,
    from_days,
    merged,
    minute_of_week,
)

HOUR = 60
SATURDAY, SUNDAY = 5, 6

minutes = st.integers(0, WEEK - 1)
spans = st.lists(
    st.tuples(minutes, st.integers(1, WEEK)).map(lambda pair: (pair[0], sum(pair))), max_size=8
)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({}, ()),
        ({0: ["09:00-18:00"]}, ((540, 1080),)),
        ({0: ["09:00-12:00", "13:00-18:00"]}, ((540, 720), (780, 1080))),
        ({0: ["09:00-12:00", "12:00-18:00"]}, ((540, 1080),)),
        ({1: ["9:00 ~ 18:00"]}, ((DAY + 540, DAY + 1080),)),
        ({0: ["00:00-00:00"]}, ()),
        ({0: ["09:00-09:00"]}, ()),
        ({0: ["24:00-24:00"]}, ()),
        ({0: ["00:00-24:00"]}, ((0, DAY),)),
        ({0: ["00:00-23:59"]}, ((0, DAY),)),
        ({0: ["18:00-00:00"]}, ((18 * HOUR, DAY),)),
        ({0: ["22:00-02:00"]}, ((22 * HOUR, DAY + 2 * HOUR),)),
        ({SUNDAY: ["22:00-02:00"]}, ((0, 2 * HOUR), (WEEK - 2 * HOUR, WEEK))),
        ({0: ["09:00-00:00"]}, ((9 * HOUR, DAY),)),
        ({0: ["10:00-00:50"]}, ((10 * HOUR, DAY + 50),)),
        ({0: ["09:00-익일 02:00"]}, ((9 * HOUR, DAY + 2 * HOUR),)),
        ({0: ["12:00 ~ 다음 날 03:00"]}, ((12 * HOUR, DAY + 3 * HOUR),)),
        ({0: ["12:30-03:00"]}, ((12 * HOUR + 30, DAY + 3 * HOUR),)),
        ({0: ["14:00-12:00"]}, ((14 * HOUR, DAY + 12 * HOUR),)),
        ({0: ["18:00-08:00"]}, ((18 * HOUR, DAY + 8 * HOUR),)),
        ({0: ["04:50-01:00"]}, ((4 * HOUR + 50, DAY + HOUR),)),
        ({0: ["18:00-24:00"], 1: ["00:00-06:00"]}, ((18 * HOUR, DAY + 6 * HOUR),)),
        ({day: ["00:00-24:00"] for day in range(7)}, ALL_WEEK),
    ],
)
def test_days_become_minutes_of_the_week(days: dict[int, list[str]], expected: Spans):
    assert from_days(days) == expected


@pytest.mark.parametrize(
    "days",
    [
        {7: ["09:00-18:00"]},
        {-1: ["09:00-18:00"]},
        {0: ["09:00"]},
        {0: ["9-18"]},
        {0: ["25:00-26:00"]},
        {0: ["09:61-18:00"]},
        {0: ["24:30-25:00"]},
        {0: ["24:00-09:00"]},
        {0: [""]},
    ],
)
def test_what_no_clock_shows_is_refused(days: dict[int, list[str]]):
    with pytest.raises(NotOpeningHours):
        from_days(days)


@pytest.mark.parametrize(
    "words",
    ["09:30-06:00", "09:00~06:00", "09:00-08:00", "10:00-02:00", "12:00-01:00", "5:00–4:59"],
)
def test_a_morning_that_ends_the_morning_before_is_not_understood(words: str):
    """Two libraries of the national file write the first two, and mean 18:00."""
    with pytest.raises(NotOpeningHours, match="afternoon"):
        from_days({0: [words]})


def test_nothing_is_open_for_longer_than_a_day():
    with pytest.raises(NotOpeningHours, match="longer than a day"):
        from_days({0: ["09:00-익일 10:00"]})


@pytest.mark.parametrize("span", [(-1, 5), (5, 5), (6, 5), (0, WEEK + 1)])
def test_what_is_no_span_of_a_week_is_refused(span: tuple[int, int]):
    with pytest.raises(NotOpeningHours):
        merged([span])


@given(spans)
def test_merging_keeps_exactly_the_open_minutes(open_spans: list[tuple[int, int]]):
    told = {minute % WEEK for opens, closes in open_spans for minute in range(opens, closes)}
    kept = [minute for opens, closes in merged(open_spans) for minute in range(opens, closes)]
    assert sorted(told) == kept


@given(spans)
def test_merged_spans_stand_apart_inside_the_week(open_spans: list[tuple[int, int]]):
    ends = [end for span in merged(open_spans) for end in span]
    assert ends == sorted(set(ends))
    assert all(0 <= end <= WEEK for end in ends)


@given(spans)
def test_merging_twice_changes_nothing(open_spans: list[tuple[int, int]]):
    assert merged(merged(open_spans)) == merged(open_spans)


@given(spans)
def test_the_seven_days_are_the_week(open_spans: list[tuple[int, int]]):
    week = merged(open_spans)
    days = by_day(week)
    assert len(days) == 7
    assert all(0 <= opens < closes <= DAY for day in days for opens, closes in day)
    again = [
        (n * DAY + opens, n * DAY + closes) for n, day in enumerate(days) for opens, closes in day
    ]
    assert merged(again) == week


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_minute_of_the_week_is_korean(moment: datetime):
    minute = minute_of_week(moment)
    assert 0 <= minute < WEEK
    assert minute == minute_of_week(moment + timedelta(weeks=1))
    assert minute == minute_of_week(moment.astimezone(KOREA))
    assert (minute + 1) % WEEK == minute_of_week(moment + timedelta(minutes=1))


def test_monday_begins_while_it_is_sunday_in_london():
    assert minute_of_week(datetime(2026, 11, 22, 15, 0, tzinfo=UTC)) == 0


def test_a_moment_without_a_time_zone_is_no_moment():
    with pytest.raises(ValueError, match="time zone"):
        minute_of_week(datetime(2026, 11, 22, 15, 0))  # noqa: DTZ001
