"""Words as they stand in cells, made comparable."""

import re
from unicodedata import normalize

_NOTHING = frozenset({"", "-", "--", ".", "없음", "해당없음", "해당 없음", "N", "n", "x", "X"})

_BESIDES = re.compile(r"[^0-9a-z가-힣]+")

_DASHES = "-\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63\uff0d"
"""Every sign that somebody takes for a hyphen, as in a class of a pattern."""

_DASH = re.compile(f"[{_DASHES}]")
_GAP = rf"[{_DASHES}\s./_·()（）．]{{0,4}}"
_JOINT = rf"[{_DASHES}\s.]?"
_ABROAD = rf"(?:[+＋]|00)?[8８][2２](?:(?![.．]){_GAP})(?:[0０]{_GAP})?"

MOBILE = re.compile(
    rf"(?<![\d.])(?:{_ABROAD}|[0０oOㅇ○〇]{_JOINT})"
    rf"[1１]{_JOINT}[016789０１６７８９]{_GAP}(?:\d\s?){{2,3}}\d{_GAP}(?:\d\s?){{3}}\d(?!\d)"
)
"""A personal mobile number, however its dashes, brackets, spaces and digits are written."""

_HINTS = ("01", "82", "0 1", "0-1", "o1", "O1", "ㅇ1", "○1", "〇1", "０", "１", "８")
"""Without one of these there is no mobile number, which is quickly seen."""

LEFT_OUT = "(휴대전화 생략)"


def tidy_row(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Every cell tidy. Most rows are so already, which one look at the whole row tells."""
    row = f"|{'|'.join(cells)}|"
    untidy = "  " in row or " |" in row or "| " in row or '"' in row or not row.isprintable()
    return tuple(map(tidy, cells)) if untidy else cells


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


def bare(text: str) -> str:
    """Only letters and digits, in lower case: equal for `3층 회의실` and `3층회의실`."""
    return _BESIDES.sub("", text.lower())


def plain(number: str) -> str:
    """The number in plain digits and hyphens."""
    return _DASH.sub("-", normalize("NFKC", number)) if not number.isascii() else number


def mentions_mobile(row: str) -> bool:
    """Whether there is a personal mobile number anywhere in it."""
    return any(map(row.__contains__, _HINTS)) and MOBILE.search(row) is not None


def without_mobiles(cell: str) -> str:
    """The cell without personal mobile numbers; an address on the web is left alone."""
    if " " not in cell and cell.startswith(("http://", "https://", "www.")):
        return cell
    return MOBILE.sub(LEFT_OUT, cell)
