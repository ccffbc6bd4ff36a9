"""Words as they stand in cells, made comparable."""

import re
from functools import lru_cache
from unicodedata import normalize

_NOTHING = frozenset({"", "-", "--", ".", "없음", "해당없음", "해당 없음", "N", "n", "x", "X"})

_BESIDES = re.compile(r"[^0-9a-z가-힣]+")

_DASHES = "-\u2010-\u2015\u2043\u2212\u30fc\u3161\ufe58\ufe63\uff0d"
"""Every sign that somebody takes for a hyphen, as in a class of a pattern."""

_DASH = re.compile(f"[{_DASHES}]")
_GAP = rf"[{_DASHES}\s./_·()（）．,:*=~∼〜～]{{0,4}}"
_JOINT = rf"[{_DASHES}\s.]?"
_ABROAD = rf"[8８][2２](?:(?![.．]){_GAP})(?:[0０]{_GAP})?"
_AT_HOME = rf"[0０oOㅇ○〇]{_JOINT}"
_REST = rf"[1１]{_JOINT}[016789０１６７８９oO]{_GAP}(?:\d\s?){{2,3}}\d{_GAP}(?:\d\s?){{3}}\d"

_BARE = r"10[2-9]\d{7}"
"""As spreadsheets leave it that take it for a number; no others are given out."""

MOBILE = re.compile(rf"(?<![\d.])(?:(?:(?:[+＋]|00)?{_ABROAD}|{_AT_HOME}){_REST}|{_BARE})(?!\d)")
"""A personal mobile number, however its dashes, brackets, spaces and digits are written."""

_MAYBE_AT_HOME = re.compile(_AT_HOME + _REST)
_MAYBE_ABROAD = re.compile(_ABROAD + _REST)
_MAYBE_BARE = re.compile(_BARE)
"""One of them is in every such number. Each begins with a set of letters, for which `re` looks
three times as fast as for what a choice or a look behind begins."""

_EIGHTY_TWO = ("82", "8２", "８")

LEFT_OUT = "(휴대전화 생략)"


def in_one_line(cells: tuple[str, ...]) -> str:
    """A row, whose cells can be looked through at once."""
    return f"|{'|'.join(cells)}|"


def is_tidy(row: str) -> bool:
    """Whether every cell of a row in one line is; most rows are."""
    untidy = " |" in row or "  " in row or "| " in row or '"' in row
    return not untidy and row.isprintable()


def tidy(cell: str) -> str:
    """The cell in single plain spaces (U+3000 included), without quotes around all of it."""
    if cell[:1] == '"' == cell[-1:]:
        cell = cell.strip('"')
    if "  " not in cell and cell.isprintable():
        return cell.strip()
    text = " ".join(cell.split())
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


def something(cell: str) -> str:
    """The cell, or nothing where it only says that there is nothing."""
    return "" if cell in _NOTHING else cell


def fit(text: str, length: int) -> str:
    """The text, cut with an ellipsis where a column is shorter."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """Only letters and digits, in lower case: equal for `3층 회의실` and `3층회의실`.

    Kept, as the names of buildings repeat.
    """
    return _BESIDES.sub("", text.lower())


def plain(number: str) -> str:
    """The number in plain digits and hyphens."""
    return _DASH.sub("-", normalize("NFKC", number)) if not number.isascii() else number


def mentions_mobile(row: str) -> bool:
    """Whether there is a personal mobile number anywhere in a row in one line."""
    maybe = (
        _MAYBE_AT_HOME.search(row)
        or (any(map(row.__contains__, _EIGHTY_TWO)) and _MAYBE_ABROAD.search(row))
        or _MAYBE_BARE.search(row)
    )
    return bool(maybe) and MOBILE.search(row) is not None


def without_mobiles(cell: str) -> str:
    """The cell without personal mobile numbers; an address on the web is left alone."""
    if " " not in cell and cell.startswith(("http://", "https://", "www.")):
        return cell
    return MOBILE.sub(LEFT_OUT, cell)
