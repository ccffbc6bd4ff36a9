"""Hours in the words people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.hours.closures import closed_days_of
from geo_service.hours.korean import closed_words, week_words
from geo_service.hours.week import ALL_WEEK, from_days, merged

WEEKDAYS, WEEKEND, EVERY_DAY = range(5), range(5, 7), range(7)


def hours(*told: tuple[range, str]) -> dict[int, list[str]]:
    """Days with the same hours, told once."""
    return {day: [times] for days, times in told for day in days}


@pytest.mark.parametrize(
    ("days", "korean", "english"),
    [
        (hours((EVERY_DAY, "06:00-22:00")), "매일 06:00–22:00", "Daily 06:00–22:00"),
        (hours((WEEKDAYS, "09:00-18:00")), "평일 09:00–18:00", "Weekdays 09:00–18:00"),
        (
            hours((WEEKDAYS, "09:00-18:00"), (range(5, 6), "09:00-13:00")),
            "평일 09:00–18:00 · 토 09:00–13:00",
            "Weekdays 09:00–18:00 · Sat 09:00–13:00",
        ),
        (
            hours((WEEKDAYS, "09:00-18:00"), (WEEKEND, "10:00-17:00")),
            "평일 09:00–18:00 · 주말 10:00–17:00",
            "Weekdays 09:00–18:00 · Weekends 10:00–17:00",
        ),
        (hours((range(1, 4), "10:00-12:00")), "화–목 10:00–12:00", "Tue–Thu 10:00–12:00"),
        (hours((range(1, 3), "10:00-12:00")), "화·수 10:00–12:00", "Tue·Wed 10:00–12:00"),
        (
            {0: ["09:00-12:00", "13:00-18:00"], 2: ["09:00-12:00", "13:00-18:00"]},
            "월 09:00–12:00, 13:00–18:00 · 수 09:00–12:00, 13:00–18:00",
            "Mon 09:00–12:00, 13:00–18:00 · Wed 09:00–12:00, 13:00–18:00",
        ),
        ({4: ["22:00-02:00"]}, "금 22:00–02:00", "Fri 22:00–02:00"),
        ({6: ["22:00-02:00"]}, "일 22:00–02:00", "Sun 22:00–02:00"),
        (hours((WEEKEND, "00:00-24:00")), "주말 24시간", "Weekends 24 hours"),
        ({0: ["09:00-24:00"]}, "월 09:00–24:00", "Mon 09:00–24:00"),
        ({}, "시간 문의", "Ask for hours"),
    ],
)
def test_a_week_is_told_in_short(days: dict[int, list[str]], korean: str, english: str):
    assert week_words(from_days(days)) == korean
    assert week_words(from_days(days), locale="en") == english


def test_day_and_night_is_24_hours():
    assert week_words(ALL_WEEK) == week_words(None) == "24시간"


spans = st.lists(
    st.tuples(st.integers(0, 10_079), st.integers(1, 10_080)).map(lambda p: (p[0], sum(p))),
    min_size=1,
    max_size=6,
)


@given(spans, spans)
def test_different_weeks_are_told_differently(
    one: list[tuple[int, int]], two: list[tuple[int, int]]
):
    assert (week_words(merged(one)) == week_words(merged(two))) == (merged(one) == merged(two))


@pytest.mark.parametrize(
    ("tokens", "korean", "english"),
    [
        ((), "연중무휴", "Open all year"),
        (("mon",), "매주 월요일", "every Mon"),
        (("mon", "holiday"), "매주 월요일, 공휴일", "every Mon, public holidays"),
        (
            ("sun-2", "sun-last"),
            "매월 둘째 일요일, 매월 마지막 일요일",
            "second Sun of the month, last Sun of the month",
        ),
        (("01-01", "seollal-day"), "1월 1일, 설날 당일", "1 Jan, Lunar New Year's Day"),
        (("2026-12-24",), "2026년 12월 24일", "24 Dec 2026"),
        (("seollal", "chuseok"), "설 연휴, 추석 연휴", "Lunar New Year, Chuseok"),
    ],
)
def test_closed_days_are_told_in_short(tokens: tuple[str, ...], korean: str, english: str):
    assert closed_words(tokens) == korean
    assert closed_words(tokens, locale="en") == english


RARE = ["substitute-holiday", "temporary-holiday", "election", "seollal", "chuseok-day", "buddha"]


@given(
    st.lists(
        st.sampled_from(
            ["mon", "sun", "tue-1", "fri-5", "sat-last", "01-01", "12-31", "holiday", *RARE]
        ),
        unique=True,
    )
)
def test_what_we_say_of_closed_days_we_understand_ourselves(tokens: list[str]):
    understood, everything = closed_days_of(closed_words(tokens))
    assert (set(understood), everything) == (set(tokens), True)
