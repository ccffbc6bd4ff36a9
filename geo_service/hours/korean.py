"""Hours and closed days in the few words people use for them, in Korean and in English."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from geo_service.hours.closures import WEEKDAYS
from geo_service.hours.week import ALL_WEEK, DAY, Span, Spans, by_day

_DAYS = {
    "ko": ("월", "화", "수", "목", "금", "토", "일"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_GROUPS = {
    "ko": {(0, 7): "매일", (0, 5): "평일", (5, 7): "주말"},
    "en": {(0, 7): "Daily", (0, 5): "Weekdays", (5, 7): "Weekends"},
}
_ALL_DAY = {"ko": "24시간", "en": "24 hours"}
_UNKNOWN = {"ko": "시간 문의", "en": "Ask for hours"}
_NONE = {"ko": "연중무휴", "en": "Open all year"}
_EVERY = {"ko": "매주 {}요일", "en": "every {}"}
_NTH = {
    "ko": ("첫째", "둘째", "셋째", "넷째", "다섯째"),
    "en": ("first", "second", "third", "fourth", "fifth"),
}
_LAST = {"ko": "마지막", "en": "last"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = {
    "ko": {
        "holiday": "공휴일",
        "substitute-holiday": "대체공휴일",
        "temporary-holiday": "임시공휴일",
        "election": "선거일",
        "seollal": "설 연휴",
        "seollal-day": "설날 당일",
        "chuseok": "추석 연휴",
        "chuseok-day": "추석 당일",
        "buddha": "부처님오신날",
    },
    "en": {
        "holiday": "public holidays",
        "substitute-holiday": "substitute holidays",
        "temporary-holiday": "temporary holidays",
        "election": "election days",
        "seollal": "Lunar New Year",
        "seollal-day": "Lunar New Year's Day",
        "chuseok": "Chuseok",
        "chuseok-day": "Chuseok Day",
        "buddha": "Buddha's Birthday",
    },
}


def week_words(spans: Spans | None, locale: str = "ko") -> str:
    """`평일 09:00–18:00 · 토 09:00–13:00`; hours past midnight stay with the evening they began."""
    if spans is None or spans == ALL_WEEK:
        return _ALL_DAY[locale]
    if not spans:
        return _UNKNOWN[locale]
    parts = []
    for hours, days in groupby(enumerate(evenings(spans)), itemgetter(1)):
        if hours:
            numbers = [day for day, _ in days]
            times = ", ".join(_span_words(span, locale) for span in hours)
            parts.append(f"{_days_words(numbers, locale)} {times}")
    return " · ".join(parts)


def evenings(spans: Spans) -> list[Spans]:
    """Days as people tell them: what goes on until before noon belongs to the day before."""
    days = [list(day) for day in by_day(spans)]
    for day, hours in enumerate(days):
        morning = days[(day + 1) % 7]
        goes_on = hours and hours[-1][0] > 0 and hours[-1][1] == DAY and morning
        if goes_on and morning[0][0] == 0 and morning[0][1] < DAY // 2:
            hours[-1] = (hours[-1][0], DAY + morning.pop(0)[1])
    return [tuple(day) for day in days]


def _span_words(span: Span, locale: str) -> str:
    opens, closes = span
    if span == (0, DAY):
        return _ALL_DAY[locale]
    return f"{_clock(opens)}–{_clock(closes if closes <= DAY else closes - DAY)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _days_words(days: list[int], locale: str) -> str:
    """A run of days: 평일, 월–목, 월·화, 토."""
    first, last = days[0], days[-1]
    if group := _GROUPS[locale].get((first, last + 1)):
        return group
    names = _DAYS[locale]
    if len(days) == 1:
        return names[first]
    return f"{names[first]}{'–' if len(days) > 2 else '·'}{names[last]}"


def closed_words(tokens: Iterable[str], locale: str = "ko") -> str:
    """`매주 월요일, 설날 당일`; no closed day at all is 연중무휴."""
    told = ", ".join(_closed_day(token, locale) for token in tokens)
    return told or _NONE[locale]


def _closed_day(token: str, locale: str) -> str:
    if named := _NAMED[locale].get(token):
        return named
    head, _, rest = token.partition("-")
    if head in WEEKDAYS:
        day = _DAYS[locale][WEEKDAYS.index(head)]
        if not rest:
            return _EVERY[locale].format(day)
        nth = _LAST[locale] if rest == "last" else _NTH[locale][int(rest) - 1]
        return f"매월 {nth} {day}요일" if locale == "ko" else f"{nth} {day} of the month"
    return _date(token, locale)


def _date(token: str, locale: str) -> str:
    """`1월 1일` for a day of every year, with the year for a day of one."""
    *year, month, day = (int(part) for part in token.split("-"))
    if locale == "ko":
        return "".join(f"{y}년 " for y in year) + f"{month}월 {day}일"
    return f"{day} {_MONTHS[month - 1]}" + "".join(f" {y}" for y in year)
