"""What sort of room it is, in one of the official words where it is clear which was meant."""

import re

_OTHER = re.compile(r"기타\s*\((.+)\)")

_SLIPS = {
    "회ㅢ실": "회의실",
    "배드맨턴장": "배드민턴장",
    "테니스": "테니스장",
    "배드민턴경기장": "배드민턴장",
    "풋살경기장": "풋살장",
}

_LISTED_WRONGLY = frozenset({"배드맨턴장", "풋살경기장"})
"""Words of the official form itself: put right without a word."""


def read_type(cell: str) -> tuple[str, bool]:
    """The sort of room, and whether a slip of the pen was put right."""
    if found := _OTHER.fullmatch(cell):
        return found[1].strip(), False
    meant = _SLIPS.get(cell)
    if meant is None:
        return cell, False
    return meant, cell not in _LISTED_WRONGLY
