"""Numbers, money, moments and telephones as people in Korea write and read them."""

from datetime import date, datetime, timedelta

import phonenumbers
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from geo_service.clock import KOREA, now
from geo_service.web.i18n import Language

_MOMENT = {Language.KO: "M월 d일(EEE) B h:mm", Language.EN: "EEE, MMM d, h:mm a"}
"""`B` and not `a`: Babel's Korean `a` says AM."""

_CLOCK = {Language.KO: "B h:mm", Language.EN: "h:mm a"}

_DAY = {Language.KO: "M월 d일(EEE)", Language.EN: "EEE, MMM d"}
_DAY_OF_ANOTHER_YEAR = {Language.KO: "y년 M월 d일(EEE)", Language.EN: "EEE, MMM d, y"}


def korean_day(when: datetime) -> date:
    """The day on which a moment falls in Korea."""
    return when.astimezone(KOREA).date()


def number(amount: float, language: Language) -> str:
    """Digits in groups of three, without needless decimals: 11,500."""
    return format_decimal(amount, locale=language.value)


def won(amount: int, language: Language) -> str:
    """11,500원, or ₩11,500 in English."""
    digits = number(amount, language)
    return f"{digits}원" if language is Language.KO else f"₩{digits}"


def metres(distance_m: float, language: Language) -> str:
    """340 m by tens of metres, 1.2 km beyond a thousand."""
    rounded = max(10, round(distance_m, -1))
    if rounded < 1000:
        return f"{rounded:.0f}m"
    return f"{number(round(distance_m / 1000, 1), language)}km"


def moment(when: datetime, language: Language) -> str:
    """12월 1일(화) 오전 9:30, always in Korean time."""
    return format_datetime(when, _MOMENT[language], tzinfo=KOREA, locale=language.value)


def clock(when: datetime, language: Language) -> str:
    """오전 9:30, without its day, always in Korean time."""
    return format_datetime(when, _CLOCK[language], tzinfo=KOREA, locale=language.value)


def deadline(end: datetime, language: Language, *, on: date | None = None) -> str:
    """The last moment before `end`; an end at midnight is the whole day before it."""
    here = end.astimezone(KOREA)
    if here.hour == here.minute == 0:
        last = day(here - timedelta(minutes=1), language, on=on)
        return last if language is Language.KO else f"the end of {last}"
    return moment(end, language)


def day(when: date, language: Language, *, on: date | None = None) -> str:
    """12월 1일(화), with its year when read `on` a day (today) of another one.

    Of a moment, the day it is in Korea.
    """
    known = when.astimezone(KOREA).date() if isinstance(when, datetime) else when
    this_year = (on or now().astimezone(KOREA)).year
    look = _DAY if known.year == this_year else _DAY_OF_ANOTHER_YEAR
    return format_date(known, look[language], locale=language.value)


def days(first: date, last: date, language: Language, *, on: date | None = None) -> str:
    """12월 1일(화) – 12월 4일(금), or the one day when both are the same."""
    if first == last:
        return day(first, language, on=on)
    return f"{day(first, language, on=on)} – {day(last, language, on=on)}"


def time_of_day(minute: int) -> str:
    """09:30 for the 570th minute; midnight at the end of a day is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def telephone(e164: str) -> str:
    """062-123-4567 for +82621234567; anything unreadable stays as it is."""
    try:
        parsed = phonenumbers.parse(e164, "KR")
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
