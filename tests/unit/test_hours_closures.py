"""Closed days: names of dates, and the Korean words official files have for them."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_service.hours.closures import WEEKDAYS, closed_days_of, tokens_on
from tests.real_files import FACILITIES

SAMPLE = Counter({"연중무휴": 60, "토+일+공휴일": 20, "매월 둘째,넷째 월요일": 10, "보수시": 1})
"""Words and how often they come: what is counted where there are no real files."""


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2026-11-23", {"mon", "mon-4", "11-23", "2026-11-23"}),
        ("2026-11-30", {"mon", "mon-5", "mon-last", "11-30", "2026-11-30"}),
        ("2026-02-16", {"mon", "mon-3", "02-16", "2026-02-16", "holiday", "seollal"}),
        (
            "2026-02-17",
            {"tue", "tue-3", "02-17", "2026-02-17", "holiday", "seollal", "seollal-day"},
        ),
        ("2026-03-02", {"mon", "mon-1", "03-02", "2026-03-02", "holiday", "substitute-holiday"}),
        ("2026-05-24", {"sun", "sun-4", "05-24", "2026-05-24", "holiday", "buddha"}),
        ("2026-06-03", {"wed", "wed-1", "06-03", "2026-06-03", "holiday", "election"}),
        ("2020-08-17", {"mon", "mon-3", "08-17", "2020-08-17", "holiday", "temporary-holiday"}),
        ("2026-02-28", {"sat", "sat-4", "sat-last", "02-28", "2026-02-28"}),
    ],
)
def test_a_date_has_all_its_names(day: str, names: set[str]):
    assert tokens_on(date.fromisoformat(day)) == names


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_every_date_has_a_weekday_a_place_in_its_month_and_a_date(day: date):
    names = tokens_on(day)
    weekday = WEEKDAYS[day.weekday()]
    assert {weekday, day.isoformat(), f"{day:%m-%d}"} <= names
    assert sum(name.startswith(f"{weekday}-") and name[-1].isdigit() for name in names) == 1
    assert (f"{weekday}-last" in names) == ((day + timedelta(days=7)).month != day.month)


@given(st.integers(2000, 2049))
def test_every_year_has_two_feasts_of_three_days(year: int):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    names = Counter(name for day in days if day.year == year for name in tokens_on(day))
    assert (names["seollal"], names["chuseok"]) == (3, 3)
    assert (names["seollal-day"], names["chuseok-day"]) == (1, 1)
    assert names["mon-last"] == 12


UNDERSTOOD = [
    ("", ""),
    ("-", ""),
    ("연중무휴", ""),
    ("연중 무휴", ""),
    ("없음", ""),
    ("N", ""),
    ("연중무휴 이용가능(단, 설/추석 연휴기간은 제외)", "seollal chuseok"),
    ("휴관중", "mon tue wed thu fri sat sun"),
    ("매주 월요일", "mon"),
    ("월", "mon"),
    ("토+일+공휴일", "sat sun holiday"),
    ("토일공휴일", "sat sun holiday"),
    ("매주일요일+국가지정공휴일", "sun holiday"),
    ("1)매주일요일 2)국가지정공휴일", "sun holiday"),
    ("매주 토·일요일 및 법정공휴일", "sat sun holiday"),
    ("주말, 공휴일", "sat sun holiday"),
    ("월~금", "mon tue wed thu fri"),
    ("목~월요일 / 법정공휴일", "thu fri sat sun mon holiday"),
    ("둘째,넷째 월요일", "mon-2 mon-4"),
    ("둘째넷째월요일", "mon-2 mon-4"),
    ("매월 2,4째주 화", "tue-2 tue-4"),
    ("2+4번째 월요일", "mon-2 mon-4"),
    ("1.3.5주 월요일 및 법정공휴일", "mon-1 mon-3 mon-5 holiday"),
    ("매월 첫째주, 셋째주 월요일", "mon-1 mon-3"),
    ("첫째(셋째)월요일,일요일을 제외한 법정공휴일", "mon-1 mon-3 holiday"),
    ("둘째 주 일+넷째 주 일+공휴일", "sun-2 sun-4 holiday"),
    ("둘째 주 수+넷째 주 일", "wed-2 sun-4"),
    ("첫째주 월요일, 일요일, 법정공휴일", "mon-1 sun holiday"),
    ("매 월 마지막 월요일", "mon-last"),
    ("2,4,5 월요일", "mon-2 mon-4 mon-5"),
    ("매월 1.3일요일", "sun-1 sun-3"),
    ("1월 1일+설 연휴+추석 연휴", "01-01 seollal chuseok"),
    ("1.1,설연휴,추석연휴", "01-01 seollal chuseok"),
    ("1/1+설날+추석+1주 일요일+3주 일요일", "01-01 sun-1 sun-3 seollal chuseok"),
    ("매주 월요일, 1월 1일, 설·추석 당일", "mon 01-01 seollal-day chuseok-day"),
    ("설 당일+추석 연휴", "seollal-day chuseok"),
    ("매주월요일, 명절(설, 추석)당일, 1월1일", "mon seollal-day chuseok-day 01-01"),
    ("설, 추석 연휴일", "seollal chuseok"),
    ("명절", "seollal chuseok"),
    ("신정(1월1일), 근로자의 날(5.1)", "01-01 05-01"),
    ("화요일, 법정공휴일, 6.24(개관일)", "tue holiday 06-24"),
    ("매주월요일, 개관기념일(12월3일)", "mon 12-03"),
    ("3.1절, 석가탄신일, 선거일, 대체공휴일", "03-01 buddha election substitute-holiday"),
    ("매주 월요일+일요일을 제외한 공휴일", "mon holiday"),
    ("매월 둘째, 넷째주 일요일, (대체)공휴일", "sun-2 sun-4 holiday"),
    ("일(시설 사정에 따라 변경가능)", "sun"),
    ("월요일, 국가지정 공휴일(휴관일의 경우 00:00로 표기함)", "mon holiday"),
]


@pytest.mark.parametrize(("words", "tokens"), UNDERSTOOD)
def test_words_are_understood(words: str, tokens: str):
    assert closed_days_of(words) == (tuple(tokens.split()), True)


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        ("월," * 300, ""),
        ("보수시", ""),
        ("휴일", ""),
        ("격주, 공휴일", "holiday"),
        ("일정에 따라 조정", ""),
        ("12월~2월", ""),
        ("2월 30일", ""),
        ("목요일만 운영", ""),
        ("행사없는 토,일요일,공휴일", ""),
        ("토(오후)+일", "sun"),
        ("매월 첫째,셋째 공휴일", "holiday"),
        ("매주 월요일, 공휴일 다음날", "mon"),
        ("설연휴와 이어지는 토·일요일, 월요일", "mon"),
        ("매주 월요일(월요일이 공휴일인 경우 다음날)", "mon"),
        ("일요일, 법정공휴일, 운영기관 별도 지정 휴관일", "sun holiday"),
        ("장기 휴관(3~4월)", "mon tue wed thu fri sat sun"),
    ],
)
def test_what_is_not_understood_is_said_and_not_guessed(words: str, tokens: str):
    assert closed_days_of(words) == (tuple(tokens.split()), False)


@given(st.text(max_size=60))
def test_any_words_can_be_asked(words: str):
    tokens, understood = closed_days_of(words)
    assert len(set(tokens)) == len(tokens)
    assert isinstance(understood, bool)


@given(
    st.lists(st.sampled_from("월화수목금토일"), min_size=1, unique=True), st.sampled_from("+,/· ")
)
def test_a_list_of_weekdays_is_read_whatever_joins_it(days: list[str], joint: str):
    expected = tuple(WEEKDAYS["월화수목금토일".index(day)] for day in days)
    assert closed_days_of(joint.join(days)) == (expected, True)
    assert closed_days_of("매주 " + joint.join(f"{day}요일" for day in days)) == (expected, True)


def _told_in_files() -> dict[str, Counter[str]]:
    """What stands under 휴관일 in each real file of this machine, and in our own sample."""
    told = {"sample": SAMPLE}
    for file in sorted(FACILITIES.rglob("*.csv")):
        text = file.read_bytes().decode("cp949", errors="replace")
        rows = csv.DictReader(text.splitlines())
        if "휴관일" in (rows.fieldnames or ()) and "hostile" not in str(file):
            told[file.stem] = Counter(row["휴관일"] or "" for row in rows)
    return told


def test_nineteen_rows_of_twenty_are_understood():
    everything = sum(_told_in_files().values(), Counter[str]())
    understood = sum(times for words, times in everything.items() if closed_days_of(words)[1])
    assert understood >= 0.95 * everything.total()


@pytest.mark.parametrize(
    "words", ["토, 일 운영", "토요일, 일요일 개방", "토요일, 일요일 이용 가능"]
)
def test_days_that_are_told_as_open_are_not_closed(words: str):
    assert closed_days_of(words) == ((), False)
