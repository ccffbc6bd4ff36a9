"""Codes and names as publishers write them, and as we keep them."""

from collections import Counter
from collections.abc import Sequence

from geo_service.areas.files.drawing import Drawn, RepeatedCode, UnusableCode
from geo_service.areas.models import CODE_DIGITS, Level, Register

_MAP_DIGITS = 8
"""Maps of legal dongs leave out the last two digits, which number villages."""


def official_codes(drawn: Sequence[Drawn], level: Level, register: Register) -> dict[str, Drawn]:
    """The rows by official code. Raises: UnusableCode, RepeatedCode."""
    codes = [official_code(row.code, level, register) for row in drawn]
    bad = [row.code for code, row in zip(codes, drawn, strict=True) if code is None]
    if bad:
        raise UnusableCode(
            f"{CODE_DIGITS[level]}자리 행정구역 코드가 아닙니다: {', '.join(bad[:5])}"
            f"{' …' if len(bad) > 5 else ''}. 통계청 코드라면 행정안전부 코드가 든 열을 "
            "--code-column 으로 알려 주세요. These are not codes of the Ministry of the Interior."
        )
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        raise RepeatedCode(
            f"같은 코드가 두 번 이상 나옵니다: {', '.join(map(str, twice[:5]))}. "
            "Each code may stand in one row only."
        )
    return {code: row for code, row in zip(codes, drawn, strict=True) if code}


def official_code(written: str, level: Level, register: Register) -> str | None:
    """The code with as many digits as its level has; None if it cannot be one.

    A province or district may carry zeros behind; a legal dong may lack the two of its villages.
    """
    digits = CODE_DIGITS[level]
    if register is Register.LEGAL and len(written) == _MAP_DIGITS:
        written += "00"
    code, rest = written[:digits], written[digits:]
    return code if len(code) == digits and not rest.strip("0") else None


def own_name(written: str, level: Level, around: Sequence[str] = ()) -> str:
    """The name without those of the areas around it: 광주광역시 동구 충장동 is 충장동."""
    words = written.split()
    if level is Level.DONG:
        return words[-1]
    if len(words) > 1 and words[0] in around:
        words = words[1:]
    return " ".join(words)


def district_name(written: str) -> str | None:
    """The district that the full name of a dong tells, if it tells one.

    A city without districts, 세종특별자치시 조치원읍, is its own district.
    """
    words = written.split()
    return " ".join(words[1:-1] or words[:-1]) or None
