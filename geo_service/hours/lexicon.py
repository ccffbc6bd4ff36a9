"""The Korean words by which official files tell closed days, as a list of small meanings.

The files write `둘째,넷째 월요일`, `매월 2,4째주 월요일` and `2+4번째 월요일` for the same thing.
Reading happens in two steps: here every word gets its meaning, in `reading` the meanings
become names of days. What has no meaning here is `UNKNOWN`, so that nothing is ever guessed.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple


class Sort(Enum):
    """What sort of word it is."""

    BREAK = auto()
    """Stands between two things: a comma, 및, a plus."""
    FILLER = auto()
    """Changes no day: 매주, 휴관."""
    ORDINAL = auto()
    """Which weeks of the month: 첫째, 2·4주, 마지막."""
    WEEKDAYS = auto()
    """Days of the week: 월, 월요일, 월~금, 주말."""
    FEAST = auto()
    """설날, 추석, or both of them: 명절."""
    REST = auto()
    """연휴: the feasts before it mean the three days of rest."""
    FEAST_DAY = auto()
    """당일: the feasts before it mean the day itself."""
    DAYS = auto()
    """Days by their own names: 신정, 12월 31일, 공휴일."""
    UNKNOWN = auto()


class Word(NamedTuple):
    """A word with its meaning."""

    sort: Sort
    means: tuple[str, ...] = ()
    text: str = ""


_HOLIDAY = (
    r"(?:기타)?(?:국가(?:에서)?지정한?|정부(?:에서)?지정(?:하는)?|법정|법적|국정|국가|관공서의?|국·?)?공휴일"
    r"|법정휴일|관공서휴일에관한규정에따름"
    r"|「?관공서의공휴일에관한규정」?(?:에따른|에정하는|에서정한)공휴일"
)
_LIST = r"[,.+·ㆍ・/]"

_WORDS: tuple[tuple[str, Sort, tuple[str, ...]], ...] = (
    (r"[가-힣]+날대체공휴일|와이어지는[토일·]+(?:요일)?", Sort.UNKNOWN, ()),
    (r"삼일절|3[.·]1절", Sort.DAYS, ("03-01",)),
    (r"신정(?:연휴|당일)?|새해첫날", Sort.DAYS, ("01-01",)),
    (r"근로자의?날|노동절", Sort.DAYS, ("05-01",)),
    (r"어린이날", Sort.DAYS, ("05-05",)),
    (r"현충일", Sort.DAYS, ("06-06",)),
    (r"제헌절", Sort.DAYS, ("07-17",)),
    (r"광복절", Sort.DAYS, ("08-15",)),
    (r"개천절", Sort.DAYS, ("10-03",)),
    (r"한글날", Sort.DAYS, ("10-09",)),
    (r"성탄절|크리스마스", Sort.DAYS, ("12-25",)),
    (r"국경일", Sort.DAYS, ("03-01", "07-17", "08-15", "10-03", "10-09")),
    (r"석가탄신일|부처님오신날", Sort.DAYS, ("buddha",)),
    (r"선거일", Sort.DAYS, ("election",)),
    (r"대체공휴일", Sort.DAYS, ("substitute-holiday",)),
    (r"임시공휴일", Sort.DAYS, ("temporary-holiday",)),
    # Every Sunday is itself a public holiday by law: this excepts plain Sundays, no `holiday`.
    (rf"일(?:요일)?[은을]?제외한?(?={_HOLIDAY})|일요일[은을]?제외", Sort.FILLER, ()),
    (_HOLIDAY, Sort.DAYS, ("holiday",)),
    (r"설명?절|설날?|구정", Sort.FEAST, ("seollal",)),
    (r"추석(?:명절)?", Sort.FEAST, ("chuseok",)),
    (r"명절", Sort.FEAST, ("seollal", "chuseok")),
    (r"연휴(?:기간|일(?!요일))?", Sort.REST, ()),
    (r"당일", Sort.FEAST_DAY, ()),
    (r"주말", Sort.WEEKDAYS, ("sat", "sun")),
    (r"평일|주중", Sort.WEEKDAYS, ("mon", "tue", "wed", "thu", "fri")),
    (r"매(?:주|월|달|년)(?!말)|(?:정기)?휴[무관](?:일(?!요일))?(?!중)", Sort.FILLER, ()),
    (rf"{_LIST}|[;&、?]|및|[와과]", Sort.BREAK, ()),
)

_WEEKDAY = dict(
    zip("월화수목금토일", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True)
)
_DATE = (
    r"(?P<month>\d{1,2})월(?P<day>\d{1,2})일"
    r"|(?P<month_>\d{1,2})[./](?P<day_>\d{1,2})(?!\d|\.\d|주|째|번|절|[월화수목금토일])\.?"
)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month, at most."""

_NTH = {"첫": "1", "둘": "2", "두": "2", "셋": "3", "세": "3", "넷": "4", "네": "4", "다섯": "5"}
_ORDINAL = (
    r"(?P<nth>첫|둘|두|셋|세|넷|네|다섯)(?:번째|째|쨋|재)주?|(?P<last>마지막)주?"
    rf"|(?P<digits>[1-5](?:{_LIST}?[1-5])*)(?:(?:번째|째|쨋)주?|주|(?=[월화수목금토일]요일))"
)
_DAY_OF_WEEK = r"(?P<first>[월화수목금토일])(?:요일)?(?:~(?P<until>[월화수목금토일])(?:요일)?)?"

_ANY = re.compile(
    "|".join(
        [
            f"(?P<date>{_DATE})",
            f"(?P<ordinal>{_ORDINAL})",
            *(f"(?P<word_{at}>{words})" for at, (words, _, _) in enumerate(_WORDS)),
            f"(?P<weekday>{_DAY_OF_WEEK})",
            "(?P<unknown>.)",
        ]
    )
)


def words_of(text: str) -> Iterator[Word]:
    """The words of a text without spaces and brackets, in their order."""
    for found in _ANY.finditer(text):
        yield _meaning(found)


def _meaning(found: re.Match[str]) -> Word:
    text = found.group()
    match found.lastgroup:
        case "date":
            return _date(found)
        case "ordinal":
            if found["digits"]:
                nths = tuple(re.findall(r"\d", found["digits"]))
            else:
                nths = ("last",) if found["last"] else (_NTH[found["nth"]],)
            return Word(Sort.ORDINAL, nths, text)
        case "weekday":
            days = list(_WEEKDAY.values())
            first = days.index(_WEEKDAY[found["first"]])
            last = days.index(_WEEKDAY[found["until"] or found["first"]])
            steps = range((last - first) % 7 + 1)
            return Word(Sort.WEEKDAYS, tuple(days[(first + step) % 7] for step in steps), text)
        case "unknown" | None:
            return Word(Sort.UNKNOWN, (), text)
        case name:
            _, sort, means = _WORDS[int(name.removeprefix("word_"))]
            return Word(sort, means, text)


def _date(found: re.Match[str]) -> Word:
    month, day = int(found["month"] or found["month_"]), int(found["day"] or found["day_"])
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1]:
        return Word(Sort.UNKNOWN, (), found.group())
    return Word(Sort.DAYS, (f"{month:02}-{day:02}",), found.group())
