"""The days on which a door stays shut, by name.

    mon … sun               every week
    mon-1 … sun-5, mon-last the first … fifth, or last, such day of the month
    01-01, 2026-12-24       a day of every year, or of one
    holiday                 any public holiday
    substitute-holiday      one that stands in for another
    temporary-holiday       one that the government declared for this year only
    election                a day of public elections
    seollal, chuseok        the three days of rest around the feast
    seollal-day, chuseok-day  the feast itself
    buddha                  the Buddha's birthday

`tokens_on` says all names of a date, so a door is shut when it shares a name with today.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from geo_service.hours.reading import read

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Order: as `date.weekday()` counts."""

_FEASTS = {"설날": "seollal", "추석": "chuseok"}


def tokens_on(day: date) -> frozenset[str]:
    """Every name by which this day may have been declared closed."""
    weekday = WEEKDAYS[day.weekday()]
    names = {weekday, f"{weekday}-{(day.day + 6) // 7}", day.isoformat(), f"{day:%m-%d}"}
    if day.day + 7 > monthrange(day.year, day.month)[1]:
        names.add(f"{weekday}-last")
    return frozenset(names) | _holidays(day.year).get(day, frozenset())


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, frozenset[str]]:
    """Source: the package `holidays`, which follows 관공서의 공휴일에 관한 규정."""
    from holidays import country_holidays  # noqa: PLC0415 (the feasts of all the world load slowly)

    names: dict[date, set[str]] = {}
    for day, told in country_holidays("KR", years=year, language="ko").items():
        tokens = names.setdefault(day, set())
        tokens.add("holiday")
        for word in told.split("; "):
            tokens |= _names_of(word)
            if word in _FEASTS:
                tokens.add(f"{_FEASTS[word]}-day")
                for near in (-1, 0, 1):
                    names.setdefault(day + timedelta(days=near), set()).add(_FEASTS[word])
    return {day: frozenset(tokens) for day, tokens in names.items()}


def _names_of(word: str) -> set[str]:
    if word.endswith("대체 휴일"):
        return {"substitute-holiday"}
    if word.endswith("선거일"):
        return {"election"}
    return {
        "임시공휴일": {"temporary-holiday"},
        "부처님오신날": {"buddha"},
    }.get(word, set())


_NEVER = re.compile(r"연중[무뮤]휴(?:이용가능)?|무휴?|(?:휴관일)?없음|해당없음|[Nn]|-?")
"""Words that say "none", or nothing at all."""

_FOR_NOW = re.compile(r"(?:장기)?휴관중?|사용중단중")
"""Words that say "not at present": every day is closed until the source says otherwise."""

_HARMLESS = re.compile(
    r"[^()]*00:?00(?:으?로)?표기[^()]*|시설사정에따라변경가능|공휴일은휴관|연휴포함|대청소|정비의날"
    r"|일요일(?:을|은)?제외|(?:다만,|단,)?일요일은개관[^()]*겹치는[^()]*휴관"
)
"""Remarks that change no day. By law (관공서의 공휴일에 관한 규정) every Sunday is a holiday, so
"except Sundays" and "open on Sundays that are no other holiday" both mean `holiday`."""

_INVERTED = re.compile(
    r"없는|만(?:운영|개방|이용)|외의|[월화수목금토일](?:요일)?[은도에]?(?:운영|개방|이용)?(?:운영|개방|가능)"
)
"""Words that tell when it is open, not when it is closed."""

_PART_OF_A_DAY = re.compile(r"오[전후]|\d시?이[전후]")
"""Remarks by which the day before them is closed for some hours only."""

_LONGEST = 500
"""Characters; whatever is longer is no list of closed days."""

_GAP = "…"
"""Stands for what has no meaning here."""

_ANNIVERSARY = r"(?:개관기념일|개관일|개교기념일|창립기념일)"
_NTH_DAY = r"(?:\d{1,2}월\d{1,2}일|\d{1,2}\.\d{1,2}\.?)"

_UNWRAPPED = (
    (re.compile(rf"{_ANNIVERSARY}\(({_NTH_DAY})\)|({_NTH_DAY})\({_ANNIVERSARY}\)"), r"\1\2"),
    (re.compile(r"\(대체\)공휴일"), "공휴일"),
    (re.compile(r"명절\(([^()]*)\)"), r"\1"),
    (re.compile(r"째\(([^()]*째)\)"), r"째,\1"),
    (re.compile(r"(?<![\d./])\(?\d\)"), ","),
    (re.compile(r"※(.*)"), r"(\1)"),
)
"""Brackets that only repeat or number what stands beside them."""


@lru_cache(maxsize=4096)
def closed_days_of(words: str) -> tuple[tuple[str, ...], bool]:
    """The closed days that a source's words tell, and whether every word was understood.

    A feast without 당일 or 연휴 counts as its three days: a walk in vain is worse than a
    question. Words that say "none", or nothing, are understood and close no day.
    """
    if len(words) > _LONGEST:
        return (), False
    text = re.sub(r"\s+", "", words)
    for pattern, unwrapped in _UNWRAPPED:
        text = pattern.sub(unwrapped, text)
    body = re.sub(r"\([^()]*\)", "", text)
    remarks = [said for said in re.findall(r"\(([^()]*)\)", text) if not _HARMLESS.fullmatch(said)]
    if _INVERTED.search(text):
        return (), False
    if _NEVER.fullmatch(body):
        exceptions = (re.sub(r"^단,|[은는]?제외$|휴관$", "", said) for said in remarks)
        return read(",".join(exceptions))
    if _FOR_NOW.fullmatch(body):
        return WEEKDAYS, not remarks
    understood = True
    for remark in remarks:
        explained = read(re.sub(r"포함$", "", remark))[1]
        understood &= explained
        unsaid = _GAP if _PART_OF_A_DAY.search(remark) else ""
        text = text.replace(f"({remark})", f",{remark}," if explained else unsaid)
    tokens, plain = read(re.sub(r"\([^()]*\)", "", text))
    return tokens, plain and understood
