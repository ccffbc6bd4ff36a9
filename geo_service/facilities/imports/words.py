"""Words as they stand in cells, made comparable."""

import re

_NOTHING = frozenset({"", "-", "--", ".", "없음", "해당없음", "해당 없음", "N", "n", "x", "X"})

_BESIDES = re.compile(r"[^0-9a-z가-힣]+")

MOBILE = re.compile(r"(?<![\d.])(?:\+82[-. ]?|0)1[016789][-. )]*\d{3,4}[-. ]*\d{4}(?!\d)")
"""A personal mobile number."""

_LEFT_OUT = "(휴대전화 생략)"


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


def without_mobiles(cell: str) -> str:
    """The cell without personal mobile numbers; addresses on the web are left alone."""
    if "://" in cell or cell.startswith("www."):
        return cell
    return MOBILE.sub(_LEFT_OUT, cell)
